// The command line. Each command is a file in commands/; this one only puts them together and turns failures into exit codes:
// 0 done, 1 a finding or a failed check, 2 usage, 3 cannot reach the gateway.
import { Command, CommanderError } from 'commander';
import { approvals } from './commands/approvals.ts';
import { check } from './commands/check.ts';
import { connections } from './commands/connections.ts';
import { glass } from './commands/glass.ts';
import { keys } from './commands/keys.ts';
import { rules } from './commands/rules.ts';
import { scan } from './commands/scan.ts';
import { sessions } from './commands/sessions.ts';
import { start } from './commands/start.ts';
import { Failure } from './failure.ts';

const program = new Command('sluice')
  .description(
    'A gateway in front of AI models: it knows the caller, reads what is said, asks a person, and keeps the record.',
  )
  .exitOverride()
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true });

for (const command of [
  start(),
  check(),
  scan(),
  connections(),
  rules(),
  keys(),
  approvals(),
  sessions(),
  glass(),
]) {
  command.exitOverride();
  program.addCommand(command);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  throw error;
}
