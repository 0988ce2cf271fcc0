// `sluice scan`: the engine alone, over files, standard input, or lines of JSON.
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { loadFile } from '@sluice/gateway';
import { compileEngine, type Engine, type Keyed, scanLine } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { compileTreat, customRules, type ResolvedPolicy, resolvePolicies } from '@sluice/policy';
import type { Direction, Finding, Treatment } from '@sluice/types';
import { Command, Option } from 'commander';
import { EXIT, Failure } from '../failure.ts';

interface Options {
  readonly config?: string;
  readonly policy: string;
  readonly direction: Direction;
  readonly jsonl?: true;
  readonly json?: true;
  readonly chunk?: string;
}

export function scan(): Command {
  return new Command('scan')
    .description('find what a policy would find in texts; exit code 1 when something is found')
    .argument('[files...]', 'files to read; standard input when there is none')
    .option('--jsonl', 'read lines {"id", "text"}, write lines {"id", "findings", "output"}')
    .option('--json', 'print JSON')
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

function policyOf(options: Options): ResolvedPolicy {
  const policies =
    options.config === undefined
      ? resolvePolicies({}, { hash: () => '', matcher: () => () => false, approvers: [] })
      : configured(options.config);
  const policy = policies[options.policy];
  if (policy === undefined) throw new Failure('finding', `There is no policy named ${options.policy}.`);
  return policy;
}

function configured(file: string): Readonly<Record<string, ResolvedPolicy>> {
  const { config } = loadFile(file);
  if (config === undefined)
    throw new Failure('finding', `${file} is not good. See: sluice check --config ${file}`);
  return config.policies;
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

function toolsOf(options: Options): Tools {
  const chunk = options.chunk === undefined ? undefined : Number(options.chunk);
  if (chunk !== undefined && !(Number.isInteger(chunk) && chunk > 0))
    throw new Failure('usage', '--chunk takes a whole number above 0.');
  const policy = policyOf(options);
  const principal = {
    subject: 'local:scan',
    display: 'scan',
    groups: [],
    method: 'local',
    person: 'local:scan',
  } as const;
  return {
    engine: compileEngine({
      direction: options.direction,
      detectors: builtin,
      custom: customRules(policy, options.direction),
    }),
    treat: compileTreat(policy, options.direction, {
      principal,
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
  const tools = toolsOf(options);
  const found = options.jsonl ? await lines(tools) : plain(files, options, tools);
  if (found) process.exitCode = EXIT.finding;
}

async function lines(tools: Tools): Promise<boolean> {
  let found = false;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    const result = scanLine(tools.engine, tools.treat, inputOf(line), tools.keyed, tools.chunk);
    found ||= result.findings.length > 0;
    if (!process.stdout.write(`${JSON.stringify(result)}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  return found;
}

function inputOf(line: string): { id: unknown; text: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Failure('usage', 'A line is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || !('text' in parsed) || typeof parsed.text !== 'string')
    throw new Failure('usage', 'A line is not {"id": …, "text": …}.');
  return { id: 'id' in parsed ? parsed.id : null, text: parsed.text };
}

function plain(files: readonly string[], options: Options, tools: Tools): boolean {
  let found = false;
  for (const file of files.length === 0 ? ['-'] : files) {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    const result = scanLine(tools.engine, tools.treat, { id: file, text }, tools.keyed, tools.chunk);
    found ||= result.findings.length > 0;
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else
      for (const finding of result.findings)
        process.stdout.write(
          `${place(file, text, finding.start)}  ${finding.kind}  (${finding.end - finding.start} characters, ${finding.detector})\n`,
        );
  }
  return found;
}

function place(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${file}:${line}:${offset - before.lastIndexOf('\n')}`;
}
