// `sluice sessions`: what happened. Lists, shows, plays an answer back with its timing, and reveals with a reason.
import { Command } from 'commander';
import { adminClient } from '../admin.ts';
import { configOption, openConfig } from '../config.ts';
import { parseSpan, table, when } from '../output.ts';
import { play, type ShownReplay, showText } from '../replay.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
  readonly reason?: string;
  readonly speed?: string;
}

interface ListOptions extends Options {
  readonly since?: string;
  readonly principal?: string;
  readonly connection?: string;
  readonly model?: string;
  readonly verdict?: string;
  readonly finding?: string;
  readonly after?: string;
  readonly limit: string;
}

export function sessions(): Command {
  const command = new Command('sessions').description(
    'the record: one session is one request and its response',
  );
  command
    .command('list')
    .description('newest first')
    .option('--since <span>', 'how far back: 2h, 7d')
    .option('--principal <subject>')
    .option('--connection <name>')
    .option('--model <name>')
    .option('--verdict <verdict>', 'allow, transform, hold or deny')
    .option('--finding <kind>', 'a kind or a branch: secret, pii.email')
    .option('--after <id>', 'the page after this session')
    .option('--limit <n>', 'rows', '20')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(list);
  command
    .command('show')
    .argument('<id>')
    .description('what was asked, found, decided and answered, as delivered')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(show);
  command
    .command('replay')
    .argument('<id>')
    .description('play the answer as it streamed')
    .option('--speed <factor>', 'how many times faster; 0 is at once', '1')
    .addOption(configOption())
    .action(replay);
  command
    .command('reveal')
    .argument('<id>')
    .description('show the original, unmasked; the reason is recorded')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(reveal);
  return command;
}

interface Row {
  readonly id: string;
  readonly at: number;
  readonly principal?: { readonly display: string };
  readonly connection: string;
  readonly operation: string;
  readonly model: string;
  readonly verdict: { readonly kind: string };
  readonly state: string;
  readonly end?: { readonly outcome: string; readonly error?: string };
  readonly refused?: string;
  readonly findings: Readonly<Record<string, number>>;
}

function api(file: string) {
  const source = openConfig(file);
  source.close();
  return adminClient(source.current);
}

async function list(options: ListOptions): Promise<void> {
  const query = new URLSearchParams({ limit: options.limit });
  if (options.since !== undefined) query.set('since', String(Date.now() - parseSpan(options.since)));
  for (const key of ['principal', 'connection', 'model', 'verdict', 'finding', 'after'] as const) {
    const value = options[key];
    if (value !== undefined) query.set(key, value);
  }
  const { sessions: rows } = (await api(options.config).call('GET', `/sessions?${query}`)) as {
    sessions: readonly Row[];
  };
  if (options.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else if (rows.length === 0) process.stdout.write('There are no sessions that match.\n');
  else
    process.stdout.write(
      table(['SESSION', 'TIME', 'WHO', 'CONNECTION', 'WHAT', 'VERDICT', 'ENDED', 'FOUND'], rows.map(cells)),
    );
}

function cells(row: Row): readonly string[] {
  const found = Object.entries(row.findings).map(([kind, count]) =>
    count === 1 ? kind : `${kind} ×${count}`,
  );
  const ended = row.refused ?? row.end?.error ?? row.end?.outcome ?? row.state;
  return [
    row.id,
    when(row.at),
    row.principal?.display ?? 'unknown',
    row.connection,
    `${row.operation} ${row.model}`.trim(),
    row.verdict.kind,
    ended,
    found.join(', '),
  ];
}

async function show(id: string, options: Options): Promise<void> {
  const replayed = (await api(options.config).call(
    'GET',
    `/sessions/${encodeURIComponent(id)}`,
  )) as ShownReplay;
  process.stdout.write(options.json ? `${JSON.stringify(replayed)}\n` : showText(replayed));
}

async function replay(id: string, options: Options): Promise<void> {
  const replayed = (await api(options.config).call(
    'GET',
    `/sessions/${encodeURIComponent(id)}`,
  )) as ShownReplay;
  await play(replayed, Number(options.speed ?? '1'));
}

async function reveal(id: string, options: Options): Promise<void> {
  const revealed = (await api(options.config).call('POST', `/sessions/${encodeURIComponent(id)}/reveal`, {
    reason: options.reason,
  })) as ShownReplay;
  process.stdout.write(options.json ? `${JSON.stringify(revealed)}\n` : showText(revealed));
}
