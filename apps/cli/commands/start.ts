// `sluice start`: the gateway in the foreground, until it is told to stop. On a first run the model server that leaks stands
// behind it, and what to try is printed.
import { createLog, type Gateway, issueKey, startGateway } from '@sluice/gateway';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { Command, Option } from 'commander';
import { configOption, isFirstRun, openConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { demoCredential, KEY_FILE, keep, LEAKY_PORT } from '../first-run.ts';
import { firstRunText, runningText } from '../welcome.ts';

interface Options {
  readonly config: string;
  readonly log: string;
}

export function start(): Command {
  return new Command('start')
    .description('serve; without a sluice.yaml, in front of a built-in model server that leaks on purpose')
    .addOption(configOption())
    .addOption(
      new Option('--log <level>', 'how much to log')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const first = isFirstRun(options.config);
  const source = openConfig(options.config);
  const leaky = first
    ? await startLeaky({ port: LEAKY_PORT, credential: demoCredential(), tokenMs: 25 })
    : undefined;
  let gateway: Gateway;
  try {
    gateway = await startGateway(source, createLog(options.log));
  } catch (error) {
    await leaky?.close();
    throw explained(error);
  }
  if (first) process.stdout.write(firstRunText(gateway, await demoKey(gateway)));
  else process.stdout.write(runningText(gateway, source.current));
  await stopSignal();
  process.stdout.write('Stopping: calls in flight may end.\n');
  await stop(gateway, leaky);
}

/** The same key at every start of the first run, so that what was pasted before still works. */
async function demoKey(gateway: Gateway): Promise<string> {
  const issued = issueKey({ name: 'demo', groups: ['engineering'] }, Date.now());
  const key = keep(KEY_FILE, () => issued.key);
  if (key === issued.key) await gateway.ledger.keys.insert(issued.stored);
  return key;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

async function stop(gateway: Gateway, leaky: Leaky | undefined): Promise<void> {
  await gateway.close();
  await leaky?.close();
}

/** Failures that a person can mend, in words. */
const KNOWN: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'A port is in use already. Is a gateway running here? Other ports can be set under `listen` in sluice.yaml.',
  EACCES: 'A port or a file may not be used by this user.',
};

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const known = KNOWN[(error as NodeJS.ErrnoException).code ?? ''];
  if (known !== undefined) return new Failure('finding', known);
  return ['LedgerLocked', 'KeyUnusable', 'LedgerDamaged'].includes(error.name)
    ? new Failure('finding', error.message)
    : error;
}
