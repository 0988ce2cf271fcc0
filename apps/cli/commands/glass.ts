// `sluice break-glass`: lets a named person through in observe mode for a while, once a second person has confirmed.
import type { GlassRequest } from '@sluice/ledger';
import type { Command } from 'commander';
import { type AdminClient, adminClient } from '../admin.ts';
import { configOption, jsonOption } from '../config.ts';
import { moment, parseSpan, printJson, table, when } from '../output.ts';
import { shortId, wholeId } from '../short-id.ts';
import { visible } from '../text.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface RequestOptions extends Options {
  readonly connection: string;
  readonly for: string;
  readonly reason: string;
}

export function register(command: Command): void {
  command
    .command('request')
    .argument('<person>', 'who is to be let through')
    .description('ask for it; another person has to confirm')
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--connection <name>', 'where; * is everywhere', '*')
    .option('--for <span>', 'how long, at most 4h', '30m')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(request);
  command
    .command('confirm')
    .argument('<id>', 'as listed')
    .description('confirm what another person asked for')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(confirm);
  command
    .command('close')
    .argument('<id>', 'as listed')
    .description('end it now')
    .addOption(configOption())
    .action(close);
  command
    .command('list')
    .description('what is asked for and in force')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(list);
}

async function fetched(api: AdminClient): Promise<readonly GlassRequest[]> {
  return ((await api.call('GET', '/break-glass')) as { requests: readonly GlassRequest[] }).requests;
}

async function request(subject: string, options: RequestOptions): Promise<void> {
  const minutes = Math.ceil(parseSpan(options.for) / 60_000);
  const opened = (await adminClient(options.config).call('POST', '/break-glass', {
    subject,
    connection: options.connection,
    minutes,
    reason: options.reason,
  })) as GlassRequest;
  if (options.json) return printJson(opened);
  const id = shortId(opened.id);
  process.stdout.write(
    `Asked for, as ${id}. Another person confirms it with: sluice break-glass confirm ${id}\n`,
  );
}

/** The route of the one request that is meant. */
async function routeOf(api: AdminClient, given: string): Promise<string> {
  const id = await wholeId(given, {
    whole: /^glass_[0-9a-f]{32}$/,
    ids: async () => (await fetched(api)).map((one) => one.id),
    none: `There is no request ${given} that is open.`,
  });
  return `/break-glass/${id}`;
}

async function confirm(given: string, options: Options): Promise<void> {
  const api = adminClient(options.config);
  const confirmed = (await api.call('POST', `${await routeOf(api, given)}/confirm`)) as GlassRequest;
  if (options.json) return printJson(confirmed);
  process.stdout.write(`${visible(confirmed.subject)} is let through until ${when(confirmed.until ?? 0)}.\n`);
}

async function close(given: string, options: Options): Promise<void> {
  const api = adminClient(options.config);
  await api.call('DELETE', await routeOf(api, given));
  process.stdout.write('Closed.\n');
}

async function list(options: Options): Promise<void> {
  const requests = await fetched(adminClient(options.config));
  if (options.json) printJson(requests);
  else if (requests.length === 0) process.stdout.write('Nothing is asked for or in force.\n');
  else
    process.stdout.write(
      table(
        ['ID', 'PERSON', 'WHERE', 'ASKED BY', 'CONFIRMED BY', 'UNTIL', 'REASON'],
        requests.map((one) => [
          shortId(one.id),
          one.subject,
          one.connection,
          one.requestedBy,
          one.confirmedBy ?? 'nobody yet',
          one.until === undefined ? '' : moment(one.until),
          one.reason,
        ]),
      ),
    );
}
