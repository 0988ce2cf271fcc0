// `sluice connections`: register a model server in the file, try it, take it out; stop and resume it in an emergency.
import { createInterface } from 'node:readline/promises';
import { addConnection, type Edited, editFile, removeConnection } from '@sluice/gateway';
import { Command } from 'commander';
import { adminClient } from '../admin.ts';
import { configOption, openConfig } from '../config.ts';
import { applied } from '../edited.ts';
import { Failure } from '../failure.ts';
import { table } from '../output.ts';
import { probe } from '../probe.ts';
import { snippet } from '../snippet.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

interface AddOptions extends Options {
  readonly protocol?: string;
  readonly upstream?: string;
  readonly credential?: string;
  readonly default?: true;
  readonly test: boolean;
}

/** What to suggest when somebody adds a provider by its protocol. */
const KNOWN: Readonly<Record<string, { readonly upstream: string; readonly credential: string }>> = {
  openai: { upstream: 'https://api.openai.com', credential: 'env:OPENAI_API_KEY' },
  anthropic: { upstream: 'https://api.anthropic.com', credential: 'env:ANTHROPIC_API_KEY' },
};

export function connections(): Command {
  const command = new Command('connections').description('the model servers behind the gateway');
  command
    .command('add')
    .argument('[name]')
    .description('register a model server: asks for what is missing, tries it, and prints what clients need')
    .option('--protocol <name>', Object.keys(KNOWN).join(' or '))
    .option('--upstream <url>', 'where the model server is')
    .option(
      '--credential <reference>',
      'where its credential is: env:NAME or file:PATH, never the credential itself',
    )
    .option('--default', 'serves the bare path too')
    .option('--no-test', 'do not call the model server')
    .addOption(configOption())
    .action(add);
  command
    .command('list')
    .description('list connections')
    .option('--json', 'print JSON')
    .addOption(configOption())
    .action(list);
  command
    .command('test')
    .argument('<name>')
    .description('call the model server and say what is wrong')
    .addOption(configOption())
    .action(test);
  command
    .command('remove')
    .argument('<name>')
    .description('take it out of the file')
    .addOption(configOption())
    .action(remove);
  for (const [verb, what] of [
    ['stop', 'refuse every call at once: the kill switch'],
    ['resume', 'end the kill switch'],
  ] as const) {
    command
      .command(verb)
      .argument('<name>', 'a connection, or `all`')
      .description(what)
      .requiredOption('--reason <text>', 'why; it is recorded')
      .addOption(configOption())
      .action((name: string, options: Options & { reason: string }) => switchIt(name, verb, options));
  }
  return command;
}

async function asked(question: string, preset: string): Promise<string> {
  if (process.stdin.isTTY !== true) return preset;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await lines.question(`${question}${preset === '' ? '' : ` [${preset}]`}: `);
    return answer.trim() === '' ? preset : answer.trim();
  } finally {
    lines.close();
  }
}

async function add(given: string | undefined, options: AddOptions): Promise<void> {
  const protocol = options.protocol ?? (await asked('Protocol (openai or anthropic)', 'openai'));
  const known = KNOWN[protocol];
  const name = given ?? (await asked('Name of the connection', protocol === 'anthropic' ? 'claude' : 'gpt'));
  const upstream = options.upstream ?? (await asked('URL of the model server', known?.upstream ?? ''));
  const credential =
    options.credential ??
    (await asked(
      'Where its credential is (env:NAME or file:PATH, empty for none)',
      options.upstream === undefined ? (known?.credential ?? '') : '',
    ));
  const connection = {
    name,
    protocol,
    upstream,
    ...(credential === '' ? {} : { credential }),
    ...(options.default === undefined ? {} : { default: true }),
  };
  const edited: Edited = editFile(options.config, (text) => addConnection(text, connection));
  applied(edited, options.config, `There is a connection named ${name} already.`, '');
  process.stdout.write(`Added ${name} to ${options.config}.\n`);
  const source = openConfig(options.config);
  source.close();
  if (options.test) await tell(source.current, name);
  process.stdout.write(`\n${snippet(source.current, name)}`);
}

async function tell(config: ReturnType<typeof openConfig>['current'], name: string): Promise<boolean> {
  const connection = config.connections[name];
  if (connection === undefined) throw new Failure('finding', `There is no connection named ${name}.`);
  const result = await probe(connection);
  process.stdout.write(`${result.ok ? 'It answers' : 'It does not answer well'}: ${result.says}\n`);
  return result.ok;
}

async function test(name: string, options: Options): Promise<void> {
  const source = openConfig(options.config);
  source.close();
  if (!(await tell(source.current, name))) process.exitCode = 1;
}

function list(options: Options): void {
  const source = openConfig(options.config);
  source.close();
  const rows = Object.values(source.current.connections);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify(rows.map(({ name, protocol, origin, prefix, isDefault, credential }) => ({ name, protocol, upstream: `${origin}${prefix}`, default: isDefault, credential: credential !== undefined })))}\n`,
    );
  } else if (rows.length === 0)
    process.stdout.write('There are no connections yet. Add one with: sluice connections add\n');
  else
    process.stdout.write(
      table(
        ['NAME', 'PROTOCOL', 'UPSTREAM', 'CREDENTIAL', 'DEFAULT'],
        rows.map((row) => [
          row.name,
          row.protocol,
          `${row.origin}${row.prefix}`,
          row.credential === undefined ? 'none' : 'held',
          row.isDefault ? 'yes' : '',
        ]),
      ),
    );
}

function remove(name: string, options: Options): void {
  const edited = editFile(options.config, (text) => removeConnection(text, name));
  applied(edited, options.config, '', `There is no connection named ${name}.`);
  process.stdout.write(`Removed ${name} from ${options.config}.\n`);
}

async function switchIt(
  name: string,
  verb: 'stop' | 'resume',
  options: Options & { reason: string },
): Promise<void> {
  const source = openConfig(options.config);
  source.close();
  await adminClient(source.current).call(
    'POST',
    `/connections/${encodeURIComponent(name === 'all' ? '*' : name)}/${verb}`,
    { reason: options.reason },
  );
  process.stdout.write(
    verb === 'stop' ? `Stopped: calls of ${name} are refused from now on.\n` : `Resumed ${name}.\n`,
  );
}
