// `sluice connections`: register a model server in the file, try it, take it out; stop and resume it in an emergency.
import { type Command, Option } from 'commander';
import { adminClient } from '../admin.ts';
import { completed } from '../ask.ts';
import { configOption, documentIn, jsonOption, placesIn } from '../config.ts';
import { EXIT, Failure } from '../failure.ts';
import { printJson, table } from '../output.ts';
import { PROVIDERS } from '../providers.ts';
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

export function register(command: Command): void {
  command
    .command('add')
    .argument('[name]')
    .description('register a model server: asks for what is missing, tries it, and prints what clients need')
    .addOption(new Option('--protocol <name>', 'what it speaks').choices(Object.keys(PROVIDERS)))
    .option('--upstream <url>', "where it is; the provider's own address if left out")
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
    .description('list connections, and which are stopped when the gateway runs')
    .addOption(jsonOption())
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
    .description('take it out of the file, and out of the access rules that name it')
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
      .action((name: string, options: Options & { readonly reason: string }) =>
        switchIt(name, verb, options),
      );
  }
}

async function add(given: string | undefined, options: AddOptions): Promise<void> {
  const { name, protocol, upstream, credential } = await completed({ ...options, name: given });
  const [{ addConnection }, { applyEdit }] = await Promise.all([
    import('@sluice/gateway/config/index'),
    import('../edited.ts'),
  ]);
  const refusals = { exists: `There is a connection named ${name} already in ${options.config}.` };
  applyEdit(options.config, refusals, (text) =>
    addConnection(text, {
      name,
      protocol,
      upstream,
      ...(credential === undefined ? {} : { credential }),
      ...(options.default === undefined ? {} : { default: true }),
    }),
  );
  process.stdout.write(`Added ${name} to ${options.config}.\n`);
  if (options.test && !(await tried(name, options.config))) {
    process.stdout.write(`It stays in the file. Once that is mended: sluice connections test ${name}\n`);
    process.exitCode = EXIT.finding;
  }
  process.stdout.write(`\n${snippet(placesIn(options.config).data, name, protocol)}`);
}

async function test(name: string, options: Options): Promise<void> {
  if (!(await tried(name, options.config))) process.exitCode = EXIT.finding;
}

/** Calls the model server; says how that went. */
async function tried(name: string, file: string): Promise<boolean> {
  const { connections } = await documentIn(file);
  const connection = connections?.[name];
  if (connection === undefined) throw new Failure('finding', `There is no connection named ${name}.`);
  const [{ probe }, { targetOf }] = await Promise.all([import('../probe.ts'), import('../target.ts')]);
  const target = targetOf(connection, file);
  const { ok, says } = 'why' in target ? { ok: false, says: target.why } : await probe(target);
  process.stdout.write(`${ok ? 'It answers' : 'It does not work yet'}: ${says}\n`);
  return ok;
}

interface Stop {
  readonly by: string;
  readonly reason: string;
}

interface Switches {
  readonly stopped: Stop | null;
  readonly connections: readonly { readonly name: string; readonly stopped: Stop | null }[];
}

/** Kill switches, when the gateway runs; undefined when it cannot be asked. */
async function switches(file: string): Promise<Switches | undefined> {
  try {
    return (await adminClient(file).call('GET', '/connections')) as Switches;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

async function list(options: Options): Promise<void> {
  const { connections = {} } = await documentIn(options.config);
  const state = await switches(options.config);
  const stopOf = (name: string) =>
    state?.stopped ?? state?.connections.find((one) => one.name === name)?.stopped ?? null;
  const rows = Object.entries(connections).map(
    ([name, { protocol, upstream, credential, default: isDefault }]) => ({
      name,
      protocol,
      upstream,
      credential: credential ?? null,
      default: isDefault ?? false,
      stopped: stopOf(name),
    }),
  );
  if (options.json) printJson(rows);
  else if (rows.length === 0)
    process.stdout.write('There are no connections yet. Add one with: sluice connections add\n');
  else
    process.stdout.write(
      table(
        ['NAME', 'PROTOCOL', 'UPSTREAM', 'CREDENTIAL', 'DEFAULT', 'STOPPED'],
        rows.map((row) => [
          row.name,
          row.protocol,
          row.upstream,
          row.credential ?? 'none',
          row.default ? 'yes' : '',
          row.stopped === null ? '' : `by ${row.stopped.by}: ${row.stopped.reason}`,
        ]),
      ),
    );
}

async function remove(name: string, options: Options): Promise<void> {
  const [{ removeConnection }, { applyEdit }] = await Promise.all([
    import('@sluice/gateway/config/index'),
    import('../edited.ts'),
  ]);
  const refusals = { noSuch: `There is no connection named ${name} in ${options.config}.` };
  applyEdit(options.config, refusals, (text) => removeConnection(text, name));
  process.stdout.write(`Removed ${name} from ${options.config}.\n`);
}

async function switchIt(
  name: string,
  verb: 'stop' | 'resume',
  options: Options & { readonly reason: string },
): Promise<void> {
  await adminClient(options.config).call(
    'POST',
    `/connections/${encodeURIComponent(name === 'all' ? '*' : name)}/${verb}`,
    { reason: options.reason },
  );
  process.stdout.write(
    verb === 'stop'
      ? `Stopped: calls of ${name} are refused from now on. End it with: sluice connections resume ${name} --reason …\n`
      : `Resumed ${name}.\n`,
  );
}
