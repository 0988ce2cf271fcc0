// `sluice approvals`: what waits for a person, and the person's decision.
import type { Approval } from '@sluice/ledger';
import { Command } from 'commander';
import { type AdminClient, adminClient } from '../admin.ts';
import { configOption, openConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { ago, inTime, parseSpan, table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
  readonly all?: true;
  readonly reason?: string;
  readonly for?: string;
}

export function approvals(): Command {
  const command = new Command('approvals').description('requests that wait for a person');
  command
    .command('list')
    .description('what waits; with --all, what was decided too')
    .option('--all', 'every approval, newest first')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(list);
  command
    .command('approve')
    .argument('<id>')
    .description('let the request through, once')
    .option('--reason <text>', 'why; it is recorded')
    .option('--for <span>', 'also let this person through this rule for a time: 30m, 2h')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action((id: string, options: Options) => decide(id, 'approve', options));
  command
    .command('deny')
    .argument('<id>')
    .description('refuse the request; the caller reads the reason')
    .option('--reason <text>', 'why; it is recorded and the caller reads it')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action((id: string, options: Options) => decide(id, 'deny', options));
  return command;
}

function client(file: string): AdminClient {
  const source = openConfig(file);
  source.close();
  return adminClient(source.current);
}

async function list(options: Options): Promise<void> {
  const { approvals: found } = (await client(options.config).call(
    'GET',
    options.all ? '/approvals' : '/approvals?status=pending',
  )) as { approvals: readonly Approval[] };
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else if (found.length === 0) process.stdout.write('Nothing waits for an approval.\n');
  else {
    const rows = found.map((one) => [
      one.id,
      one.status,
      one.person,
      `${one.connection} ${one.operation} ${one.model}`,
      one.rules.join(', '),
      `${one.votes.filter((vote) => vote.approve).length}/${one.minimum}`,
      ago(one.createdAt),
      one.status === 'pending' ? inTime(one.expiresAt) : '',
    ]);
    process.stdout.write(table(['ID', 'STATUS', 'WHO', 'WHAT', 'RULE', 'VOTES', 'ASKED', 'ENDS'], rows));
  }
}

async function decide(given: string, decision: 'approve' | 'deny', options: Options): Promise<void> {
  const api = client(options.config);
  const id = await whole(api, given);
  const minutes = options.for === undefined ? undefined : Math.ceil(parseSpan(options.for) / 60_000);
  const result = (await api.call('POST', `/approvals/${id}/${decision}`, {
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(minutes === undefined ? {} : { minutes }),
  })) as Approval;
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (result.status === 'pending')
    process.stdout.write(
      `Counted. ${result.votes.filter((vote) => vote.approve).length} of ${result.minimum} have approved.\n`,
    );
  else process.stdout.write(`${result.status === 'denied' ? 'Denied' : 'Approved'} ${id}.\n`);
}

/** The id, or the one approval whose id begins or ends with what was given: ids are long, and lists are near. */
async function whole(api: AdminClient, given: string): Promise<string> {
  const { approvals: found } = (await api.call('GET', '/approvals?status=pending')) as {
    approvals: readonly Approval[];
  };
  const ids = found.map((one) => one.id);
  if (ids.includes(given)) return given;
  const near = ids.filter((id) => id.startsWith(given) || id.endsWith(given));
  if (near.length > 1) throw new Failure('usage', `${given} could be ${near.join(' or ')}.`);
  return near[0] ?? given;
}
