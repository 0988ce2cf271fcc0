// Every command by name, and how each way to fail becomes an exit code: 0 done, 1 a finding or a failed check, 2 usage,
// 3 cannot reach the gateway. A command's file is loaded when it is asked for: most need little, and a person waits.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EXIT, Failure } from './failure.ts';

const { version: VERSION } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

interface Row {
  readonly name: string;
  readonly says: string;
  readonly load: () => Promise<{ readonly register: (command: Command) => void }>;
}

const COMMANDS: readonly Row[] = [
  {
    name: 'start',
    says: 'serve; without a sluice.yaml, in front of a model server that leaks on purpose',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'check',
    says: 'read the configuration and say everything that is wrong with it',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'scan',
    says: 'find what a policy would find in texts; exit code 1 when something is found',
    load: () => import('./commands/scan.ts'),
  },
  {
    name: 'connections',
    says: 'the model servers behind the gateway',
    load: () => import('./commands/connections.ts'),
  },
  {
    name: 'rules',
    says: 'what a policy finds and what it then does',
    load: () => import('./commands/rules.ts'),
  },
  {
    name: 'keys',
    says: 'gateway keys: what callers send where their client puts its API key',
    load: () => import('./commands/keys.ts'),
  },
  {
    name: 'approvals',
    says: 'requests that wait for a person',
    load: () => import('./commands/approvals.ts'),
  },
  {
    name: 'sessions',
    says: 'the record: one session is one request and its response',
    load: () => import('./commands/sessions.ts'),
  },
  {
    name: 'verify',
    says: 'check evidence, or a store, with the public key of its log and nothing else',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'break-glass',
    says: 'in an emergency: let one person through, found and recorded but not stopped',
    load: () => import('./commands/glass.ts'),
  },
];

/** Runs one command. Resolves to the exit code; throws only what nobody has thought of. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return codeOf(error);
  }
}

/** The commands, with that loaded which the arguments name. */
export async function program(args: readonly string[]): Promise<Command> {
  const root = new Command('sluice')
    .description(
      'A gateway in front of AI models: it knows the caller, reads what is said, asks a person, and keeps the record.',
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('See --help.')
    .helpCommand('help [command]', 'what a command does and takes')
    .configureHelp({ showGlobalOptions: true });
  const words = args.filter((word) => !word.startsWith('-'));
  const asked = words[0] === 'help' ? words[1] : words[0];
  for (const { name, says, load } of COMMANDS) {
    const command = root.command(name).description(says);
    if (name === asked) (await load()).register(command);
  }
  return root;
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') {
    process.stderr.write(`The record cannot be opened: ${error.message}.\n`);
    return EXIT.finding;
  }
  if (isOfFile(error)) {
    process.stderr.write(`${error.path} cannot be used (${error.code}).\n`);
    return EXIT.finding;
  }
  throw error;
}

/** What the file system says of a file that a command was told to use: no place in the code would help anybody. */
function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error;
}
