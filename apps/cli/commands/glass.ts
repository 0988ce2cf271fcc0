// `sluice break-glass`: lets a named person through in observe mode for a while, once a second person has confirmed.
import type { GlassRequest } from '@sluice/ledger';
import { Command } from 'commander';
import { adminClient } from '../admin.ts';
import { configOption, openConfig } from '../config.ts';
import { parseSpan, table, when } from '../output.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface RequestOptions extends Options {
  readonly connection: string;
  readonly for: string;
  readonly reason: string;
}

export function glass(): Command {
  const command = new Command('break-glass').description(
    'in an emergency: let one person through, found and recorded but not stopped',
  );
  command
    .command('request')
    .argument('<person>', 'who is to be let through')
    .description('ask for it; another person has to confirm')
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--connection <name>', 'where; * is everywhere', '*')
    .option('--for <span>', 'how long, at most 4h', '30m')
    .addOption(configOption())
    .action(request);
  command
    .command('confirm')
    .argument('<id>')
    .description('confirm what another person asked for')
    .addOption(configOption())
    .action(confirm);
  command.command('close').argument('<id>').description('end it now').addOption(configOption()).action(close);
  command
    .command('list')
    .description('what is asked for and in force')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(list);
  return command;
}

function api(file: string) {
  const source = openConfig(file);
  source.close();
  return adminClient(source.current);
}

async function request(subject: string, options: RequestOptions): Promise<void> {
  const minutes = Math.ceil(parseSpan(options.for) / 60_000);
  const opened = (await api(options.config).call('POST', '/break-glass', {
    subject,
    connection: options.connection,
    minutes,
    reason: options.reason,
  })) as GlassRequest;
  process.stdout.write(
    `Asked for, as ${opened.id}. Another person confirms it with: sluice break-glass confirm ${opened.id}\n`,
  );
}

async function confirm(id: string, options: Options): Promise<void> {
  const confirmed = (await api(options.config).call(
    'POST',
    `/break-glass/${encodeURIComponent(id)}/confirm`,
  )) as GlassRequest;
  process.stdout.write(`${confirmed.subject} is let through until ${when(confirmed.until ?? 0)}.\n`);
}

async function close(id: string, options: Options): Promise<void> {
  await api(options.config).call('DELETE', `/break-glass/${encodeURIComponent(id)}`);
  process.stdout.write('Closed.\n');
}

async function list(options: Options): Promise<void> {
  const { requests } = (await api(options.config).call('GET', '/break-glass')) as {
    requests: readonly GlassRequest[];
  };
  if (options.json) process.stdout.write(`${JSON.stringify(requests)}\n`);
  else if (requests.length === 0) process.stdout.write('Nothing is asked for or in force.\n');
  else
    process.stdout.write(
      table(
        ['ID', 'PERSON', 'CONNECTION', 'ASKED BY', 'CONFIRMED BY', 'UNTIL', 'REASON'],
        requests.map((one) => [
          one.id,
          one.subject,
          one.connection,
          one.requestedBy,
          one.confirmedBy ?? 'nobody yet',
          one.until === undefined ? '' : when(one.until),
          one.reason,
        ]),
      ),
    );
}
