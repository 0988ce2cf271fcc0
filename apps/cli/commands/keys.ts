// `sluice keys`: issue, list and revoke gateway keys, beside a running gateway or without one.
import { issueKey, type KeyOrder } from '@sluice/gateway';
import { openState, type StoredKey } from '@sluice/ledger';
import { Command } from 'commander';
import { configOption, openConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { parseSpan, table, when } from '../output.ts';

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

export function keys(): Command {
  const command = new Command('keys').description(
    'gateway keys: what callers send where their client puts its API key',
  );
  command
    .command('create')
    .description('issue a key; it is shown once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--owner <person>', 'who answers for it, and so cannot approve its requests')
    .option('--groups <list>', 'groups of the caller, separated by commas')
    .option('--connections <list>', 'connections it is limited to, separated by commas')
    .option('--expires <span>', 'how long it lives: 90d, 12h')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(create);
  command
    .command('list')
    .description('list keys; never the keys themselves')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(list);
  command
    .command('revoke')
    .argument('<id>')
    .description('revoke a key at once')
    .addOption(configOption())
    .action(revoke);
  return command;
}

async function withState<T>(
  file: string,
  use: (state: Awaited<ReturnType<typeof openState>>) => Promise<T>,
): Promise<T> {
  const source = openConfig(file);
  const { store, seal } = source.current;
  const state = await openState({ path: store.path, keyFile: seal.keyFile });
  try {
    return await use(state);
  } finally {
    await state.close();
    source.close();
  }
}

function listOf(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

async function create(options: CreateOptions): Promise<void> {
  const groups = listOf(options.groups);
  const connections = listOf(options.connections);
  const now = Date.now();
  const order: KeyOrder = {
    name: options.name,
    ...(options.owner === undefined ? {} : { owner: options.owner }),
    ...(groups === undefined ? {} : { groups }),
    ...(connections === undefined ? {} : { connections }),
    ...(options.expires === undefined ? {} : { expiresAt: now + parseSpan(options.expires) }),
  };
  const { key, stored } = issueKey(order, now);
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
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ id: stored.id, key })}\n`
      : `${key}\n\nThis is ${stored.id}. It is not shown again.\n`,
  );
}

function stateOf(key: StoredKey): string {
  if (key.revokedAt !== undefined) return 'revoked';
  return key.expiresAt !== undefined && key.expiresAt <= Date.now() ? 'expired' : 'active';
}

async function list(options: Options): Promise<void> {
  const keys = await withState(options.config, (state) => state.keys.list());
  if (options.json) {
    process.stdout.write(`${JSON.stringify(keys.map(({ hash: _hash, ...key }) => key))}\n`);
    return;
  }
  if (keys.length === 0)
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
      when(key.createdAt),
    ]);
    process.stdout.write(table(['ID', 'NAME', 'OWNER', 'GROUPS', 'CONNECTIONS', 'STATE', 'CREATED'], rows));
  }
}

async function revoke(id: string, options: Options): Promise<void> {
  await withState(options.config, async (state) => {
    const now = Date.now();
    if (!(await state.keys.revoke(id, now)))
      throw new Failure('finding', `There is no key ${id}, or it was revoked before.`);
    await state.act({ at: now, act: 'key.revoke', by: 'local:admin', on: id });
  });
  process.stdout.write(`Revoked ${id}.\n`);
}
