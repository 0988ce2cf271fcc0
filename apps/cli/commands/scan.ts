// `sluice scan`: the engine alone, over files, folders, standard input, what a diff adds, or lines of JSON.
import { createHmac, randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  compileEngine,
  type Engine,
  type ExactValue,
  type Keyed,
  type ScanInput,
  scanLine,
} from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { compileTreat, customRules, type ResolvedPolicy, resolvePolicies } from '@sluice/policy';
import type { Direction, Finding, Treatment } from '@sluice/types';
import { type Command, Option } from 'commander';
import { documentIn } from '../config.ts';
import { EXIT, Failure } from '../failure.ts';
import { LineWriter, linesOf } from '../lines.ts';
import { printJson } from '../output.ts';
import { addedIn } from '../scan/diff.ts';
import { filesOf, textIn } from '../scan/files.ts';
import { Progress } from '../scan/progress.ts';
import { reportOf } from '../scan/report.ts';
import { type Scanned, sarifOf } from '../scan/sarif.ts';
import { colourful } from '../text.ts';

interface Options {
  readonly config?: string;
  readonly policy: string;
  readonly direction: Direction;
  readonly jsonl?: true;
  readonly json?: true;
  readonly sarif?: true;
  readonly diff?: true;
  readonly chunk?: string;
}

export function register(command: Command): void {
  command
    .argument('[files...]', 'files and folders to read; standard input when there is none')
    .option(
      '--jsonl',
      'read lines {"id", "text"} from standard input, write lines {"id", "findings", "output"}',
    )
    .option('--json', 'print a line {"id", "findings", "output"} for each file')
    .option('--sarif', 'print one SARIF 2.1.0 log')
    .option(
      '--diff',
      'read a diff from standard input (git diff | sluice scan --diff) and look at what it adds',
    )
    .addOption(
      new Option('--direction <side>', 'as which half of an exchange')
        .choices(['prompt', 'response'])
        .default('response'),
    )
    .option(
      '--chunk <n>',
      'feed the text in pieces of n code units through the streaming masker; changes nothing',
    )
    .option('--policy <name>', 'policy of the configuration', 'standard')
    .option('-c, --config <file>', 'configuration file; without one the built-in policy applies')
    .action(run);
}

interface Tools {
  readonly engine: Engine;
  readonly treat: (finding: Finding, value: string) => Treatment;
  readonly keyed: Keyed;
  readonly chunk: number | undefined;
}

async function policyOf(options: Options): Promise<ResolvedPolicy> {
  const policies =
    options.config === undefined
      ? resolvePolicies({}, { hash: () => '', matcher: () => () => false, approvers: [] })
      : await configured(options.config);
  const policy = policies[options.policy];
  if (policy === undefined) throw new Failure('finding', `There is no policy named ${options.policy}.`);
  return policy;
}

async function configured(file: string): Promise<Readonly<Record<string, ResolvedPolicy>>> {
  const { policiesOf } = await import('@sluice/gateway/config/index');
  return policiesOf(await documentIn(file));
}

/** The values that the configuration names. One that cannot be read would not be found, so it is an error. */
async function valuesIn(file: string): Promise<readonly ExactValue[]> {
  const { knownValuesOf } = await import('@sluice/gateway/config/index');
  const context = { directory: path.dirname(path.resolve(file)), env: process.env };
  const { values, issues } = knownValuesOf(await documentIn(file), context);
  const [issue] = issues;
  if (issue) throw new Failure('finding', `${issue.path.join('.')} ${issue.message}.`);
  return values.flatMap((known) =>
    known.values.map((value) => ({ kind: `canary.${known.name}`, value: value.reveal() })),
  );
}

/** A key of this run alone: hashes and stand-ins of a scan mean nothing elsewhere. */
function keyedForRun(): Keyed {
  const key = randomBytes(32);
  const mac = (kind: string, value: string) =>
    createHmac('sha256', key).update(kind).update('\0').update(value).digest('hex');
  return {
    hash: (kind, value) => mac(kind, value).slice(0, 32),
    token: (kind, value) =>
      `${kind.slice(kind.lastIndexOf('.') + 1).toUpperCase()}_${mac(kind, value).slice(0, 16).toUpperCase()}`,
  };
}

const PRINCIPAL = {
  subject: 'local:scan',
  display: 'scan',
  groups: [],
  method: 'local',
  person: 'local:scan',
} as const;

async function toolsOf(options: Options): Promise<Tools> {
  const chunk = options.chunk === undefined ? undefined : Number(options.chunk);
  if (chunk !== undefined && !(Number.isInteger(chunk) && chunk > 0))
    throw new Failure('usage', '--chunk takes a whole number above 0.');
  const policy = await policyOf(options);
  return {
    engine: compileEngine({
      direction: options.direction,
      detectors: builtin,
      custom: customRules(policy, options.direction),
      exact: options.config === undefined ? [] : await valuesIn(options.config),
    }),
    treat: compileTreat(policy, options.direction, {
      principal: PRINCIPAL,
      connection: '',
      operation: 'chat',
      model: '',
      now: Date.now(),
    }),
    keyed: keyedForRun(),
    chunk,
  };
}

async function run(files: readonly string[], options: Options): Promise<void> {
  if (options.jsonl && files.length > 0)
    throw new Failure('usage', '--jsonl reads standard input: sluice scan --jsonl < FILE');
  if (options.diff && files.length > 0)
    throw new Failure('usage', '--diff reads standard input: git diff | sluice scan --diff');
  if ([options.jsonl, options.json, options.sarif].filter(Boolean).length > 1)
    throw new Failure('usage', 'One of --jsonl, --json and --sarif.');
  const tools = await toolsOf(options);
  if (await (options.jsonl ? lines(tools) : plain(files, options, tools))) process.exitCode = EXIT.finding;
}

async function lines(tools: Tools): Promise<boolean> {
  const output = new LineWriter(process.stdout);
  let found = false;
  let number = 0;
  try {
    for await (const line of linesOf(process.stdin)) {
      number += 1;
      if (line.trim() === '') continue;
      const result = scanLine(tools.engine, tools.treat, inputOf(line, number), tools.keyed, tools.chunk);
      found ||= result.findings.length > 0;
      const behind = output.write(JSON.stringify(result));
      if (behind !== undefined) await behind;
    }
  } finally {
    await output.flush();
  }
  return found;
}

function inputOf(line: string, number: number): ScanInput {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Failure('usage', `Line ${number} is not JSON.`);
  }
  if (typeof parsed !== 'object' || parsed === null || !('text' in parsed) || typeof parsed.text !== 'string')
    throw new Failure('usage', `Line ${number} is not {"id": …, "text": …}.`);
  return { id: 'id' in parsed ? parsed.id : null, text: parsed.text };
}

async function input(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Reading from the terminal; Ctrl-D ends it.\n');
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin as AsyncIterable<string>) text += part;
  return text;
}

type Source = Pick<Scanned, 'file' | 'text' | 'firstLine'>;

/** What is to be read, one after the other; a file that is not text is passed over. */
async function* sources(
  files: readonly string[],
  options: Options,
  progress: Progress,
): AsyncGenerator<Source> {
  if (options.diff) {
    for (const { file, line, text } of addedIn(await input())) yield { file, text, firstLine: line };
    return;
  }
  const all = filesOf(files.length === 0 ? ['-'] : files);
  for (const [index, file] of all.entries()) {
    progress.at(index, all.length);
    const text = file === '-' ? await input() : textIn(file);
    if (text !== undefined) yield { file, text, firstLine: 1 };
  }
}

async function plain(files: readonly string[], options: Options, tools: Tools): Promise<boolean> {
  const progress = new Progress();
  const log: Scanned[] = [];
  const colours = colourful(process.stdout);
  let found = false;
  for await (const { file, text, firstLine } of sources(files, options, progress)) {
    const result = scanLine(tools.engine, tools.treat, { id: file, text }, tools.keyed, tools.chunk);
    const spots = result.findings;
    found ||= spots.length > 0;
    if (options.json) printJson(result);
    else if (spots.length === 0) continue;
    else if (options.sarif) log.push({ file, text, firstLine, spots });
    else {
      progress.clear();
      process.stdout.write(reportOf(file, text, spots, { firstLine, colours }));
    }
  }
  progress.clear();
  if (options.sarif) process.stdout.write(`${JSON.stringify(sarifOf(log), null, 2)}\n`);
  return found;
}
