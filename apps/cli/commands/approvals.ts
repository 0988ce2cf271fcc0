// `sluice approvals`: what waits for a person, and the person's decision.
import type { Approval } from '@sluice/ledger';
import type { Command } from 'commander';
import { type AdminClient, adminClient } from '../admin.ts';
import { configOption, jsonOption } from '../config.ts';
import { ago, inTime, parseSpan, printJson, table } from '../output.ts';
import { shortId, wholeId } from '../short-id.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface ListOptions extends Options {
  readonly all?: true;
}

interface Decision extends Options {
  readonly reason?: string;
  readonly for?: string;
}

export function register(command: Command): void {
  command
    .command('list')
    .description('what waits; with --all, what was decided too')
    .option('--all', 'every approval, newest first')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(list);
  command
    .command('approve')
    .argument('<id>', 'as listed')
    .description('let the request through, once')
    .option('--reason <text>', 'why; it is recorded')
    .option('--for <span>', 'also let this person through this rule for a time: 30m, 2h')
    .addOption(jsonOption())
    .addOption(configOption())
    .action((id: string, options: Decision) => decide(id, 'approve', options));
  command
    .command('deny')
    .argument('<id>', 'as listed')
    .description('refuse the request; the caller reads the reason')
    .option('--reason <text>', 'why; it is recorded and the caller reads it')
    .addOption(jsonOption())
    .addOption(configOption())
    .action((id: string, options: Decision) => decide(id, 'deny', options));
}

async function fetched(api: AdminClient, route: string): Promise<readonly Approval[]> {
  return ((await api.call('GET', route)) as { approvals: readonly Approval[] }).approvals;
}

async function list(options: ListOptions): Promise<void> {
  const api = adminClient(options.config);
  const found = await fetched(api, options.all ? '/approvals' : '/approvals?status=pending');
  if (options.json) printJson(found);
  else if (found.length === 0)
    process.stdout.write(
      options.all ? 'Nothing has waited for an approval yet.\n' : 'Nothing waits for an approval.\n',
    );
  else {
    const rows = found.map((one) => [
      shortId(one.id),
      one.status,
      one.person,
      `${one.connection} ${one.operation} ${one.model}`.trim(),
      one.rules.join(', '),
      `${approving(one)}/${one.minimum}`,
      ago(one.createdAt),
      one.status === 'pending' ? inTime(one.expiresAt) : '',
    ]);
    process.stdout.write(table(['ID', 'STATUS', 'WHO', 'WHAT', 'RULE', 'VOTES', 'ASKED', 'ENDS'], rows));
  }
}

function approving(approval: Approval): number {
  return approval.votes.filter((vote) => vote.approve).length;
}

async function decide(given: string, decision: 'approve' | 'deny', options: Decision): Promise<void> {
  const minutes = options.for === undefined ? undefined : Math.ceil(parseSpan(options.for) / 60_000);
  const api = adminClient(options.config);
  const id = await wholeId(given, {
    whole: /^apr_[0-9a-f]{32}$/,
    ids: async () => (await fetched(api, '/approvals?limit=500')).map((one) => one.id),
    none: `There is no approval ${given}.`,
  });
  const result = (await api.call('POST', `/approvals/${id}/${decision}`, {
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(minutes === undefined ? {} : { minutes }),
  })) as Approval;
  if (options.json) printJson(result);
  else if (result.status === 'pending')
    process.stdout.write(`Counted. ${approving(result)} of ${result.minimum} have approved.\n`);
  else process.stdout.write(`${result.status === 'denied' ? 'Denied' : 'Approved'} ${shortId(id)}.\n`);
}
