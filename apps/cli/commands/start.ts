// `sluice start`: the gateway in the foreground, until it is told to stop. On a first run the model server that leaks stands
// behind it, and what to try is printed.
import { createLog, type Gateway, issueKey, startGateway } from '@sluice/gateway';
import { hashKey } from '@sluice/identity/keys';
import { type Command, Option } from 'commander';
import { configOption, isFirstRun, openConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { demoCredential, demoKey, keepDemoKey, LEAKY_PORT } from '../first-run.ts';
import { firstRunText, runningText } from '../welcome.ts';

interface Options {
  readonly config: string;
  readonly log: string;
}

export function register(command: Command): void {
  command
    .addOption(configOption())
    .addOption(
      new Option('--log <level>', 'how much to log')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .action(run);
}

interface Running {
  readonly gateway: Gateway;
  close(): Promise<void>;
}

async function run(options: Options): Promise<void> {
  const first = isFirstRun(options.config);
  const { source, warnings } = await openConfig(options.config);
  for (const { line, column, message, hint } of warnings)
    process.stderr.write(
      `${options.config}:${line}:${column} warning: ${message}.${hint === undefined ? '' : ` ${hint}`}\n`,
    );
  const running = await started(first, () => startGateway(source, createLog(options.log)));
  const { gateway } = running;
  const stopped = stopSignal();
  if (first) process.stdout.write(firstRunText(gateway, await firstKey(gateway)));
  else
    process.stdout.write(runningText(gateway, source.current, (await gateway.ledger.keys.list()).length > 0));
  await stopped;
  process.stdout.write('Stopping: calls in flight may end.\n');
  await running.close();
}

async function started(first: boolean, start: () => Promise<Gateway>): Promise<Running> {
  const leaky = first ? await startModelServer() : undefined;
  try {
    const gateway = await start();
    return {
      gateway,
      close: async () => {
        await gateway.close();
        await leaky?.close();
      },
    };
  } catch (error) {
    await leaky?.close();
    throw explained(error);
  }
}

async function startModelServer() {
  const { startLeaky } = await import('@sluice/leaky');
  try {
    return await startLeaky({ port: LEAKY_PORT, credential: demoCredential(), tokenMs: 25 });
  } catch (error) {
    throw explained(error);
  }
}

/** The same key at every start of the first run while it is good, so that what was pasted before still works. */
async function firstKey({ ledger }: Gateway): Promise<string> {
  const kept = demoKey();
  const known = kept === undefined ? undefined : await ledger.keys.byHash(hashKey(kept));
  if (kept !== undefined && known !== undefined && known.revokedAt === undefined) return kept;
  const { key, stored } = issueKey({ name: 'demo', groups: ['engineering'] }, Date.now());
  await ledger.keys.insert(stored);
  keepDemoKey(key);
  return key;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Failures that a person can mend, in words. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  const which = port === undefined ? 'A port' : `Port ${port}`;
  const known: Readonly<Record<string, string>> = {
    EADDRINUSE: `${which} is in use already. Is a gateway running here? Other ports can be set under \`listen\` in sluice.yaml.`,
    EADDRNOTAVAIL: 'This machine does not have the address that is set under `listen`.',
    EACCES: 'A port or a file may not be used by this user.',
  };
  if (code !== undefined && Object.hasOwn(known, code)) return new Failure('finding', known[code]!);
  if (error.name === 'LedgerLocked')
    return new Failure('finding', `${error.message} Is a gateway running here?`);
  return ['KeyUnusable', 'LedgerDamaged', 'RecordUnavailable'].includes(error.name)
    ? new Failure('finding', error.message)
    : error;
}
