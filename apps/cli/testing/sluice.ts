// The command line as its users have it: real processes in a folder of their own. Test code only.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MAIN = path.resolve(import.meta.dirname, '../main.ts');
const QUIET = path.resolve(import.meta.dirname, '../../../scripts/quiet.mjs');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly out: () => string;
  /** Tells it to end; resolves to its exit code. */
  stop(): Promise<number | null>;
}

export interface Folder {
  readonly path: string;
  read(name: string): string;
  /** Folders on the way are made. */
  write(name: string, text: string): void;
  /** Runs a command to its end. */
  sluice(args: readonly string[], options?: { readonly input?: string; readonly env?: Env }): Promise<Ran>;
  /** As `sluice`, with `--json`; what it printed, parsed. Throws unless the exit code is 0. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read JSON of many shapes
  json(...args: readonly string[]): Promise<any>;
  /** Runs a line in a shell, with `npx sluice` standing for the command line. */
  sh(line: string): Promise<Ran>;
  /** Resolves once it has printed `said`. */
  start(args: readonly string[], said: RegExp, env?: Env): Promise<Running>;
  remove(): void;
}

type Env = Readonly<Record<string, string>>;

/** Nothing of the caller's that would make the same command read differently; no colours unless they are asked for. */
function environment(extra: Env = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_OPTIONS: `--import=${QUIET}`, ...extra };
}

async function ran(child: ChildProcess, input?: string): Promise<Ran> {
  let [out, err] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (part) => {
    out += part;
  });
  child.stderr!.setEncoding('utf8').on('data', (part) => {
    err += part;
  });
  // A command may end without having read what it was given.
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

export function newFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-cli-'));
  const at = (name: string) => path.join(folder, name);
  const run = (args: readonly string[], env?: Env) =>
    spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: environment(env) });
  return {
    path: folder,
    read: (name) => readFileSync(at(name), 'utf8'),
    write: (name, text) => {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
    },
    sluice: (args, { input, env } = {}) => ran(run(args, env), input),
    json: async (...args) => {
      const { code, out, err } = await ran(run([...args, '--json']));
      if (code !== 0) throw new Error(`sluice ${args.join(' ')}: ${code}\n${err}`);
      return JSON.parse(out);
    },
    sh: (line) => {
      const script = line.replaceAll(/\bnpx sluice\b/g, `'${process.execPath}' '${MAIN}'`);
      return ran(spawn('sh', ['-c', script], { cwd: folder, env: environment() }));
    },
    start: async (args, said, env) => {
      const child = run(['start', ...args], env);
      const text = await printed(child, said);
      return {
        child,
        out: text,
        stop: async () => {
          if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
          child.kill('SIGTERM');
          await once(child, 'exit');
          return child.exitCode;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function printed(child: ChildProcess, said: RegExp): Promise<() => string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const take = (part: string) => {
      text += part;
      if (said.test(text)) resolve(() => text);
    };
    child.stdout!.setEncoding('utf8').on('data', take);
    child.stderr!.setEncoding('utf8').on('data', take);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}, having said: ${text}`)));
  });
}

/** Ports that nobody has just now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Asks again until there is an answer that is not undefined. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
