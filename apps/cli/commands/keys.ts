// `sluice keys`: issue, list and revoke gateway keys, beside a running gateway or without one.
import { existsSync } from 'node:fs';
import { issueKey } from '@sluice/gateway/issue-key';
import { ledgerOptions } from '@sluice/gateway/ledger-options';
import { type LedgerObserver, openState, type StoredKey } from '@sluice/ledger';
import type { Command } from 'commander';
import { configOption, isFirstRun, jsonOption, placesIn } from '../config.ts';
import { Failure } from '../failure.ts';
import { moment, parseSpan, printJson, table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface CreateOptions extends Options {
  readonly name: string;
  readonly owner?: string;
  readonly groups?: string;
  readonly connections?: string;
  readonly expires?: string;
}

/** As the admin API has it. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function register(command: Command): void {
  command
    .command('create')
    .description('issue a key; it is shown once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--owner <person>', 'who answers for it, and so cannot approve its requests')
    .option('--groups <list>', 'groups of the caller, separated by commas')
    .option('--connections <list>', 'connections it is limited to, separated by commas')
    .option('--expires <span>', 'how long it lives: 90d, 12h')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(create);
  command
    .command('list')
    .description('list keys; never the keys themselves')
    .addOption(jsonOption())
    .addOption(configOption())
    .action(list);
  command
    .command('revoke')
    .argument('<id>', 'as listed')
    .description('revoke a key at once')
    .addOption(configOption())
    .action(revoke);
}

async function withState<T>(file: string, use: (state: LedgerObserver) => Promise<T>): Promise<T> {
  const { store, keyFile } = placesIn(file);
  let state: LedgerObserver;
  try {
    state = await openState(ledgerOptions({ store, seal: { keyFile } }));
  } catch (error) {
    throw explained(error);
  }
  try {
    return await use(state);
  } finally {
    await state.close();
  }
}

/** Whether there is a record to look into; of a database, only asking tells. */
function hasRecord(file: string): boolean {
  const { store } = placesIn(file);
  return store.kind === 'postgres' || existsSync(store.path);
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return ['KeyUnusable', 'LedgerDamaged', 'RecordUnavailable'].includes(error.name)
    ? new Failure('finding', error.message)
    : error;
}

function listOf(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

async function create(options: CreateOptions): Promise<void> {
  if (!NAME.test(options.name))
    throw new Failure('usage', 'A name is letters, digits, dots, dashes and underscores, at most 64.');
  const groups = listOf(options.groups);
  const connections = listOf(options.connections);
  const now = Date.now();
  const { key, stored } = issueKey(
    {
      name: options.name,
      ...(options.owner === undefined ? {} : { owner: options.owner }),
      ...(groups === undefined ? {} : { groups }),
      ...(connections === undefined ? {} : { connections }),
      ...(options.expires === undefined ? {} : { expiresAt: now + parseSpan(options.expires) }),
    },
    now,
  );
  await withState(options.config, async (state) => {
    await state.keys.insert(stored);
    await state.act({
      at: now,
      act: 'key.create',
      by: 'local:admin',
      on: stored.id,
      details: { name: stored.name, owner: stored.owner, groups: stored.groups },
    });
  });
  if (options.json) return printJson({ id: stored.id, key });
  process.stdout.write(`${key}\n\nThis is ${stored.id}. It is not shown again.\n`);
  if (stored.groups.length === 0)
    process.stdout.write('It has no groups, so only access rules that name no groups let it in.\n');
  if (isFirstRun(options.config))
    process.stdout.write('There is no sluice.yaml here: it is a key of the first run.\n');
}

function stateOf(key: StoredKey): string {
  if (key.revokedAt !== undefined) return 'revoked';
  return key.expiresAt !== undefined && key.expiresAt <= Date.now() ? 'expired' : 'active';
}

async function list(options: Options): Promise<void> {
  // Looking must not begin a record where there is none.
  const keys = hasRecord(options.config) ? await withState(options.config, (state) => state.keys.list()) : [];
  if (options.json) printJson(keys.map(({ hash: _hash, ...key }) => key));
  else if (keys.length === 0)
    process.stdout.write(
      'There are no keys yet. Make one with: sluice keys create --name ci --groups engineering\n',
    );
  else {
    const rows = keys.map((key) => [
      key.id,
      key.name,
      key.owner,
      key.groups.join(', '),
      key.connections?.join(', ') ?? 'all',
      stateOf(key),
      moment(key.createdAt),
    ]);
    process.stdout.write(table(['ID', 'NAME', 'OWNER', 'GROUPS', 'CONNECTIONS', 'STATE', 'CREATED'], rows));
  }
}

async function revoke(id: string, options: Options): Promise<void> {
  const none = new Failure('finding', `There is no key ${id}, or it was revoked before.`);
  if (!hasRecord(options.config)) throw none;
  await withState(options.config, async (state) => {
    const now = Date.now();
    if (!(await state.keys.revoke(id, now))) throw none;
    await state.act({ at: now, act: 'key.revoke', by: 'local:admin', on: id });
  });
  process.stdout.write(`Revoked ${id}.\n`);
}
