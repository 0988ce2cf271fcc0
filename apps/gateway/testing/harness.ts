// Starts a real gateway in front of the model server that leaks, in a directory of its own, for tests that call it as its
// users do. Test code only.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { type Leaky, type LeakyOptions, startLeaky } from '@sluice/leaky';
import { ConfigSource, createLog, type Gateway, startGateway } from '../index.ts';
import { issueKey, type KeyOrder } from '../issue-key.ts';

export interface HarnessOptions {
  readonly leaky?: LeakyOptions;
  /** YAML of `policies`, indented by two. Default: the built-in policy alone. */
  readonly policies?: string;
  /** YAML of `access`. Default: everybody in `engineering` may do everything under `standard`. */
  readonly access?: string;
  /** YAML appended at the top level. */
  readonly more?: string;
  /** Further lines for each connection, as flow mapping entries: `, timeouts: { idle: 200ms }`. */
  readonly connection?: string;
  /** YAML of further connections, indented by two. */
  readonly connections?: string;
  /** Last change of the configuration's text before the start. */
  readonly configure?: (yaml: string) => string;
  /** Directory to use instead of a new one, which is then kept. */
  readonly directory?: string;
}

export interface AdminReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read JSON of many shapes
  readonly body: any;
}

export interface Harness {
  readonly gateway: Gateway;
  readonly leaky: Leaky;
  readonly directory: string;
  readonly configFile: string;
  /** Key of a caller in `engineering`. */
  readonly key: string;
  /** Everything that was logged. */
  readonly logged: () => string;
  /** Base URL for an OpenAI client. */
  readonly openai: string;
  /** Base URL for an Anthropic client. */
  readonly anthropic: string;
  newKey(order: KeyOrder): Promise<string>;
  admin(method: string, route: string, body?: unknown): Promise<AdminReply>;
  /** Rewrites the configuration and waits until it is in force, or refused. */
  reconfigure(change: (yaml: string) => string): Promise<void>;
  close(): Promise<void>;
}

export function configText(leakyUrl: string, options: HarnessOptions): string {
  const more = options.connection ?? '';
  return `listen: { data: 127.0.0.1:0, admin: 127.0.0.1:0 }
store: sqlite:data/sluice.db
seal: { key: file:data/sluice.key }
connections:
  gpt: { protocol: openai, upstream: "${leakyUrl}", credential: file:credential, default: true${more} }
  claude: { protocol: anthropic, upstream: "${leakyUrl}", credential: file:credential${more} }
${options.connections ?? ''}
access:
${options.access ?? '  - { groups: [engineering], policy: standard }'}
${options.policies === undefined ? '' : `policies:\n${options.policies}\n`}${options.more ?? ''}`;
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const leaky = await startLeaky({ keep: 100, ...options.leaky });
  const directory = options.directory ?? mkdtempSync(path.join(tmpdir(), 'sluice-test-'));
  const configFile = path.join(directory, 'sluice.yaml');
  writeFileSync(path.join(directory, 'credential'), `${leaky.credential}\n`, { mode: 0o600 });
  writeFileSync(configFile, (options.configure ?? String)(configText(leaky.url, options)));
  let log = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      log += chunk;
      done();
    },
  });
  const opened = ConfigSource.openFile(configFile);
  if (!opened.ok)
    throw new Error(
      opened.problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`).join('\n'),
    );
  const { source } = opened;
  const gateway = await startGateway(source, createLog('debug', destination));
  const token = readFileSync(gateway.adminTokenFile, 'utf8').trim();

  const admin = async (method: string, route: string, body?: unknown): Promise<AdminReply> => {
    const response = await fetch(`${gateway.adminUrl}/api/v1${route}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const newKey = async (order: KeyOrder): Promise<string> => {
    const { key, stored } = issueKey(order, Date.now());
    await gateway.ledger.keys.insert(stored);
    return key;
  };

  return {
    gateway,
    leaky,
    directory,
    configFile,
    key: await newKey({ name: 'test', groups: ['engineering'] }),
    logged: () => log,
    openai: `${gateway.dataUrl}/gpt/v1`,
    anthropic: `${gateway.dataUrl}/claude`,
    newKey,
    admin,
    reconfigure: async (change) => {
      writeFileSync(configFile, change(readFileSync(configFile, 'utf8')));
      source.reload();
    },
    close: async () => {
      await gateway.close(2000);
      await leaky.close();
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
