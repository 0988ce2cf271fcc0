// `sluice sessions`: what happened. Lists, shows, plays an answer back with its timing, and reveals with a reason.
import type { ExchangeSummary } from '@sluice/ledger';
import { type Command, Option } from 'commander';
import { type AdminClient, adminClient } from '../admin.ts';
import { configOption, jsonOption } from '../config.ts';
import { Failure } from '../failure.ts';
import { moment, parseSpan, printJson, table } from '../output.ts';
import { play } from '../replay.ts';
import { shortId, wholeId } from '../short-id.ts';
import { type ShownReplay, showText } from '../show.ts';
import { registerExport } from './sessions-export.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface ShowOptions extends Options {
  readonly raw?: true;
}

/** Options that are filters, by the name that the admin API gives them. */
const FILTERS = {
  principal: 'principal',
  group: 'group',
  connection: 'connection',
  operation: 'operation',
  model: 'model',
  policy: 'policy',
  verdict: 'verdict',
  finding: 'finding',
  valueHash: 'value',
  approval: 'approval',
  error: 'error',
  minBytes: 'minSize',
  maxBytes: 'maxSize',
  minMs: 'minLatency',
  maxMs: 'maxLatency',
} as const;

interface ListOptions extends Options, Partial<Record<keyof typeof FILTERS, string>> {
  readonly since?: string;
  readonly until?: string;
  readonly after?: string;
  readonly limit: string;
}

export function register(command: Command): void {
  registerExport(command);
  command
    .command('list')
    .description('newest first')
    .option('--since <span>', 'how far back: 2h, 7d')
    .option('--until <span>', 'no later than this long ago')
    .option('--principal <subject>', 'of one caller, by subject')
    .option('--group <name>', 'of callers in one group')
    .option('--connection <name>', 'of one connection')
    .option('--operation <name>', 'of one operation: chat, embed')
    .option('--model <name>', 'of one model')
    .option('--policy <name|hash>', 'under one policy, or one version of it')
    .addOption(
      new Option('--verdict <verdict>', 'with this verdict').choices(['allow', 'transform', 'hold', 'deny']),
    )
    .option('--finding <kind>', 'in which this was found, a kind or a branch: secret, pii.email')
    .option('--value-hash <hex>', 'in which a value was found, by the keyed hash of its finding')
    .option(
      '--approval <id|outcome>',
      'of one approval, or by what became of it: hold, approved, denied, expired',
    )
    .option('--error <code>', 'with this error, or interrupted')
    .option('--min-bytes <n>', 'request and answer together, at least')
    .option('--max-bytes <n>', 'request and answer together, at most')
    .option('--min-ms <n>', 'that took at least so many milliseconds')
    .option('--max-ms <n>', 'that took at most so many milliseconds')
    .option('--after <id>', 'the page after this session')
    .option('--limit <n>', 'rows, at most 500', '20')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(list);
  command
    .command('show')
    .argument('<id>', 'as listed')
    .description('what was asked, found, decided and answered, as delivered')
    .option('--raw', 'streams with their events')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(show);
  command
    .command('replay')
    .argument('<id>', 'as listed')
    .description('play the answer as it streamed')
    .option('--speed <factor>', 'how many times faster; 0 is at once', '1')
    .addOption(configOption())
    .action(replay);
  command
    .command('reveal')
    .argument('<id>', 'as listed')
    .description('show the original, unmasked; the reason is recorded')
    .requiredOption('--reason <text>', 'why')
    .option('--raw', 'streams with their events')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(reveal);
}

async function fetched(api: AdminClient, query: URLSearchParams): Promise<readonly ExchangeSummary[]> {
  const answer = (await api.call('GET', `/sessions?${query}`)) as { sessions: readonly ExchangeSummary[] };
  return answer.sessions;
}

function wholeSession(api: AdminClient, given: string): Promise<string> {
  return wholeId(given, {
    whole: /^ses_.{25,26}$/,
    ids: async () => (await fetched(api, new URLSearchParams({ limit: '500' }))).map((row) => row.id),
    none: `None of the newest 500 sessions ends with ${given}. Whole ids: sluice sessions list --json`,
  });
}

async function list(options: ListOptions): Promise<void> {
  const api = adminClient(options.config);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new Failure('usage', '--limit takes a whole number from 1 to 500.');
  const query = new URLSearchParams({ limit: options.limit });
  if (options.since !== undefined) query.set('since', String(Date.now() - parseSpan(options.since)));
  if (options.until !== undefined) query.set('until', String(Date.now() - parseSpan(options.until)));
  for (const [option, name] of Object.entries(FILTERS)) {
    const value = options[option as keyof typeof FILTERS];
    if (value !== undefined) query.set(name, value);
  }
  if (options.after !== undefined) query.set('after', await wholeSession(api, options.after));
  const rows = await fetched(api, query);
  if (options.json) printJson(rows);
  else if (rows.length === 0) process.stdout.write('There are no sessions that match.\n');
  else
    process.stdout.write(
      table(['SESSION', 'TIME', 'WHO', 'WHAT', 'VERDICT', 'ENDED', 'FOUND'], rows.map(cells)),
    );
}

/** Kinds in a cell; the others are counted. */
const KINDS_SHOWN = 2;

function foundIn(findings: ExchangeSummary['findings']): string {
  const kinds = Object.entries(findings).map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`));
  const more = kinds.length - KINDS_SHOWN;
  return kinds.slice(0, KINDS_SHOWN).join(', ') + (more > 0 ? `, ${more} more` : '');
}

function cells(row: ExchangeSummary): readonly string[] {
  return [
    shortId(row.id),
    moment(row.at),
    row.principal?.display ?? 'unknown',
    `${row.connection} ${row.operation} ${row.model}`.trim(),
    row.verdict.kind,
    row.refused ?? row.end?.error ?? row.end?.outcome ?? row.state,
    foundIn(row.findings),
  ];
}

async function one(api: AdminClient, given: string): Promise<ShownReplay> {
  return (await api.call(
    'GET',
    `/sessions/${encodeURIComponent(await wholeSession(api, given))}`,
  )) as ShownReplay;
}

async function show(id: string, options: ShowOptions): Promise<void> {
  const shown = await one(adminClient(options.config), id);
  if (options.json) printJson(shown);
  else process.stdout.write(showText(shown, options.raw === true));
}

async function replay(id: string, options: Options & { readonly speed: string }): Promise<void> {
  const speed = Number(options.speed);
  if (!(speed >= 0)) throw new Failure('usage', '--speed takes a number from 0.');
  await play(await one(adminClient(options.config), id), speed);
}

async function reveal(given: string, options: ShowOptions & { readonly reason: string }): Promise<void> {
  const api = adminClient(options.config);
  const id = await wholeSession(api, given);
  const revealed = (await api.call('POST', `/sessions/${encodeURIComponent(id)}/reveal`, {
    reason: options.reason,
  })) as ShownReplay;
  if (options.json) printJson(revealed);
  else process.stdout.write(showText(revealed, options.raw === true));
}
