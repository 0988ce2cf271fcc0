// The one file that constructs things: from a configuration to a gateway that listens. Everything else is handed what it needs.
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { type Authenticator, createAuthenticator } from '@sluice/identity';
import { type Ledger, openLedger, parseVkey } from '@sluice/ledger';
import { customRules, type ResolvedPolicy, STANDARD } from '@sluice/policy';
import { protocols } from '@sluice/protocols';
import type { Direction } from '@sluice/types';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createAdmin } from './admin/server.ts';
import type { AdminServices, ConfigInfo } from './admin/services.ts';
import { Approvals } from './approvals/approvals.ts';
import { Engines, type Wanted } from './compose-engines.ts';
import type { Config, ConfigSource, ConnectionConfig, Problem } from './config/index.ts';
import { tokenPath } from './config/store-place.ts';
import { Emergency } from './emergency.ts';
import { Known } from './flow/known.ts';
import type { Gate } from './gate.ts';
import { countBodiesAsHeap } from './heap.ts';
import { Keyring } from './keyed.ts';
import { ledgerOptions } from './ledger-options.ts';
import { Limiter } from './limiter.ts';
import { createListener } from './listener.ts';
import { errorFields } from './log.ts';
import { Metrics } from './metrics.ts';
import { Port } from './port.ts';
import { PolicyRecord } from './record-policies.ts';
import type { Connection, PolicyRuntime, Runtime } from './runtime.ts';
import { Upstreams } from './upstreams.ts';

export interface Gateway {
  readonly dataUrl: string;
  readonly adminUrl: string;
  /** File with the local administrator's token. */
  readonly adminTokenFile: string;
  readonly ledger: Ledger;
  /** Stops taking calls, lets those in flight end (at most `patience` milliseconds), and closes everything. */
  close(patience?: number): Promise<void>;
}

/** Said once when it begins to fail. Calls go on: their receipts need none of these. */
const LOG_PROBLEMS = {
  tree: 'the record could not be taken into the tree; checkpoints stand still',
  copy: 'the checkpoint could not be copied to its file outside',
  witness: 'a witness did not cosign the checkpoint',
} as const;

/** What a configuration was made into. */
interface InForce {
  readonly runtime: Runtime;
  readonly authenticator: Authenticator;
  readonly issuers: string;
}

/** Milliseconds that calls in flight get to end when the gateway is told to stop. */
const DRAIN = 30_000;

export async function startGateway(source: ConfigSource, log: Logger): Promise<Gateway> {
  countBodiesAsHeap();
  const first = source.current;
  const ledger = await openLedger({
    ...ledgerOptions(first),
    log: {
      copy: first.log.copy,
      witnesses: first.log.witnesses.map(({ url, key }) => ({ url, key: parseVkey(key)! })),
      onProblem: (what, error) => log.error({ what, ...errorFields(error) }, LOG_PROBLEMS[what]),
    },
  });
  const policyRecord = new PolicyRecord(ledger);
  const adminTokenFile = tokenPath(first.store, first.seal.keyFile);
  const adminToken = localToken(adminTokenFile);
  const metrics = new Metrics();
  const upstreams = new Upstreams();
  const engines = new Engines();
  const approvals = new Approvals(ledger, Date.now);
  const keyring = new Keyring({
    hash: secretKey(ledger, 'finding-hash'),
    token: secretKey(ledger, 'stand-in'),
    seal: secretKey(ledger, 'kept-with-caller'),
  });
  let adminUrl = '';
  let draining = false;
  let loadedAt = Date.now();
  let problems: readonly Problem[] = [];

  const build = (config: Config, before?: InForce): InForce => {
    const runtime = buildRuntime(config, upstreams, engines, adminToken, (error) =>
      log.warn(errorFields(error), 'a connection pool did not close'),
    );
    warm(runtime);
    // The issuers' keys and the tokens known to be good are kept: a reload must not depend on the issuers being reachable.
    const { oidc } = config.identity;
    const issuers = JSON.stringify(oidc);
    const authenticator =
      before?.issuers === issuers ? before.authenticator : createAuthenticator({ keys: ledger.keys, oidc });
    return { runtime, authenticator, issuers };
  };
  let inForce = build(first);
  const ports = { data: new Port(first.listen.data.tls), admin: new Port(first.listen.admin.tls) };
  source.subscribe((event) => {
    if (event.type === 'rejected') {
      problems = event.problems;
      metrics.reloads.inc({ result: 'refused' });
      log.error(
        { problems: problems.map(shown) },
        'the new configuration is not good; the old one stays in force',
      );
      return;
    }
    inForce = build(event.config, inForce);
    ports.data.renew(event.config.listen.data.tls);
    ports.admin.renew(event.config.listen.admin.tls);
    loadedAt = Date.now();
    problems = [];
    metrics.reloads.inc({ result: 'loaded' });
    log.info(
      { hash: event.config.hash.slice(0, 12), atNextStart: event.atNextStart },
      'the configuration was loaded',
    );
    policyRecord
      .add(Object.values(event.config.policies), Date.now())
      .then(() =>
        ledger.act({ at: Date.now(), act: 'config.reload', by: 'local:file', on: event.config.hash }),
      )
      .catch((error: unknown) => log.error(errorFields(error), 'a reload could not be recorded'));
  });

  const authenticator: Authenticator = {
    authenticate: (credential, now) => inForce.authenticator.authenticate(credential, now),
  };
  const gate: Gate = {
    ledger,
    authenticator,
    approvals,
    keyring,
    metrics,
    log,
    emergency: new Emergency(ledger.switches, Date.now),
    limiter: new Limiter(),
    known: new Known(secretKey(ledger, 'conversation')),
    runtime: () => inForce.runtime,
    approvalUrl: (id) => `${source.current.listen.admin.url ?? linkable(adminUrl)}/approvals/${id}`,
    load: { calls: 0 },
    now: Date.now,
  };
  const ready = () => !draining && ledger.available;
  const configInfo = (): ConfigInfo => ({
    source: source.current.file ?? 'built in',
    loadedAt,
    problems: problems.map(shown),
  });
  const services: AdminServices = {
    ledger,
    approvals,
    authenticator,
    metrics,
    log,
    ready,
    localToken: createHash('sha256').update(adminToken).digest(),
    roles: () => source.current.identity.roles,
    connections: () =>
      Object.values(source.current.connections).map(({ name, protocol, origin, isDefault }) => ({
        name,
        protocol,
        upstream: origin,
        default: isDefault,
      })),
    config: configInfo,
    reload: async () => {
      source.reload({ force: true });
      return configInfo();
    },
    now: Date.now,
  };

  const admin = await createAdmin(services, ports.admin);
  const data = createListener({ runtime: () => inForce.runtime, gate, ready, port: ports.data });
  try {
    await policyRecord.add(Object.values(first.policies), Date.now());
    await admin.listen({ host: first.listen.admin.host, port: first.listen.admin.port });
    adminUrl = urlOf(admin.server, ports.admin);
    await listen(data, first.listen.data);
  } catch (error) {
    await Promise.allSettled([admin.close(), ledger.close(), upstreams.close()]);
    throw error;
  }
  source.watch();
  approvals.start((error) => log.error(errorFields(error), 'approvals could not be expired'));

  return {
    dataUrl: urlOf(data, ports.data),
    adminUrl,
    adminTokenFile,
    ledger,
    close: async (patience = DRAIN) => {
      draining = true;
      source.close();
      approvals.stop();
      await drain(data, patience);
      await closeAll(admin, upstreams, ledger);
    },
  };
}

/** A problem as operators read it: place and message, which never hold a secret. */
function shown(problem: Problem): string {
  return `${problem.line}:${problem.column} ${problem.message}`;
}

function secretKey(ledger: Ledger, purpose: string): KeyObject {
  return createSecretKey(ledger.deriveKey(purpose));
}

function buildRuntime(
  config: Config,
  upstreams: Upstreams,
  engines: Engines,
  adminToken: string,
  onError: (error: unknown) => void,
): Runtime {
  const keep = new Set<string>();
  const connections = new Map<string, Connection>();
  for (const connection of Object.values(config.connections))
    connections.set(connection.name, buildConnection(connection, upstreams, keep));
  upstreams.retain(keep, onError);
  const secrets = [
    adminToken,
    ...Object.values(config.connections).flatMap((connection) => connection.credential?.reveal() ?? []),
  ];
  const values = config.values.flatMap((known) =>
    known.values.map((value) => ({ kind: `canary.${known.name}`, value: value.reveal() })),
  );
  const policies = new Map<string, PolicyRuntime>();
  const used = new Set<string>();
  for (const [name, policy] of Object.entries(config.policies))
    policies.set(name, lazily(policy, { secrets, values }, engines, used));
  engines.retain(used);
  return {
    connections,
    fallback: Object.values(config.connections)
      .filter((connection) => connection.isDefault)
      .map((connection) => connections.get(connection.name))[0],
    access: config.access,
    policies,
    maxRequestBytes: Math.max(...Object.values(config.policies).map((policy) => policy.limits.request_bytes)),
  };
}

/**
 * Text of the kinds that calls are made of: reading it once builds the states that the first calls would otherwise wait for.
 */
const WARM_UP = [
  'The keeper walks the bank each morning, looks at the height of the water against the old marks, and writes it down. ',
  'const total = items.reduce((sum, item) => sum + item.price * 1.19, 0); // see https://example.com/docs?page=2\n',
  '{"id":"chatcmpl-9aB3","created":1700000000,"model":"gpt-4o-mini","choices":[{"index":0,"finish_reason":"stop"}]}\n',
].join('');

/** Engines are built before the first call needs them; those of policies that no access rule names are never built. */
function warm(runtime: Runtime): void {
  const keyed = { hash: () => '', token: () => '' };
  const options = { keyed, treat: () => ({ action: 'flag', as: 'label', rule: '' }) as const };
  for (const name of new Set(runtime.access.map((rule) => rule.policy ?? STANDARD))) {
    const policy = runtime.policies.get(name);
    policy?.prompt.transform(WARM_UP, options);
    policy?.response.transform(WARM_UP, options);
  }
}

/** Engines of policies that no call uses are never built. `used` collects their keys. */
function lazily(
  policy: ResolvedPolicy,
  known: Pick<Wanted, 'secrets' | 'values'>,
  engines: Engines,
  used: Set<string>,
): PolicyRuntime {
  const wanted = (direction: Direction) => {
    const engine = { direction, custom: customRules(policy, direction), ...known };
    const key = Engines.keyOf(engine);
    used.add(key);
    return { engine, key };
  };
  const forPrompt = wanted('prompt');
  const forResponse = wanted('response');
  let prompt: PolicyRuntime['prompt'] | undefined;
  let response: PolicyRuntime['response'] | undefined;
  return {
    id: `${policy.hash} ${forPrompt.key}`,
    policy,
    get prompt() {
      return (prompt ??= engines.get(forPrompt.engine, forPrompt.key));
    },
    get response() {
      return (response ??= engines.get(forResponse.engine, forResponse.key));
    },
  };
}

function buildConnection(config: ConnectionConfig, upstreams: Upstreams, keep: Set<string>): Connection {
  const protocol = protocols[config.protocol]!;
  return {
    name: config.name,
    protocol,
    origin: config.origin,
    prefix: config.prefix,
    dispatcher: upstreams.pool(config.origin, { connectTimeout: config.timeouts.connect }, keep),
    credential:
      config.credential === undefined
        ? []
        : Object.entries(protocol.authorize(config.credential.reveal())).flat(),
    nonces: config.nonces,
    firstByteTimeout: config.timeouts.firstByte,
    idleTimeout: config.timeouts.idle,
  };
}

/** Made at the first start; readable by the gateway's user alone. */
function localToken(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, `slt_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

function listen(server: Server, address: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, { scheme }: Port): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** An address that a listener has on every interface leads nowhere from another machine: this one's name does. */
function linkable(url: string): string {
  return url.replace(/\/\/(?:0\.0\.0\.0|\[::\])(?=:)/, `//${hostname()}`);
}

function drain(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience);
    // A connection whose call has ended stays open for the next one, which will not be taken.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
  });
}

async function closeAll(admin: FastifyInstance, upstreams: Upstreams, ledger: Ledger): Promise<void> {
  await admin.close();
  await upstreams.close();
  await ledger.close();
}
