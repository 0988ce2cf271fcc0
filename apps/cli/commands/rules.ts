// `sluice rules`: what a policy finds and does, changed in the file with its comments kept.
import { addException, addRule, editFile, type NewRule, removeRule } from '@sluice/gateway';
import type { ResolvedRule } from '@sluice/policy';
import { Command, Option } from 'commander';
import { configOption, openConfig } from '../config.ts';
import { applied } from '../edited.ts';
import { Failure } from '../failure.ts';
import { table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly policy: string;
  readonly json?: true;
}

interface AddOptions extends Options {
  readonly prompt?: true;
  readonly response?: true;
  readonly name?: string;
  readonly find?: readonly string[];
  readonly match?: readonly string[];
  readonly words?: readonly string[];
  readonly do: NewRule['do'];
  readonly as?: NonNullable<NewRule['as']>;
}

interface AllowOptions extends Options {
  readonly prompt?: true;
  readonly response?: true;
  readonly pattern?: string;
  readonly hash?: string;
  readonly person?: string;
  readonly author: string;
  readonly reason: string;
  readonly expires: string;
}

const policyOption = () => new Option('--policy <name>', 'the policy').default('standard');

export function rules(): Command {
  const command = new Command('rules').description('what a policy finds and what it then does');
  const sides = (sub: Command) =>
    sub
      .option('--prompt', 'a rule for what is sent to the model')
      .option('--response', 'a rule for what the model answers')
      .addOption(policyOption())
      .addOption(configOption());
  sides(command.command('add').description('add a rule'))
    .option('--name <name>', 'needed with --match or --words')
    .option('--find <kind...>', 'kinds or branches: secret, pii.email')
    .option('--match <pattern...>', 'your own patterns')
    .option('--words <word...>', 'your own words')
    .requiredOption('--do <action>', 'flag, mask, tokenize, strip, approve, block or allow')
    .option('--as <style>', 'label, last4, hash, partial, token or remove')
    .action(add);
  command
    .command('list')
    .description('the rules in force')
    .option('--json', 'print JSON')
    .addOption(policyOption())
    .addOption(configOption())
    .action(list);
  sides(
    command
      .command('remove')
      .argument('<rule>', 'its name, what it finds, or its place from 0')
      .description('remove a rule'),
  ).action(remove);
  sides(
    command
      .command('allow')
      .argument('<rule>', 'its name, what it finds, or its place from 0')
      .description('settle a false positive: an exception that ends by itself'),
  )
    .option('--pattern <pattern>', 'values that match it')
    .option('--hash <hash>', 'the value of a finding, by its keyed hash')
    .option('--person <person>', 'for one person')
    .requiredOption('--author <person>', 'who settles it')
    .requiredOption('--reason <text>', 'why it is harmless')
    .requiredOption('--expires <day>', 'when it ends, such as 2027-01-31')
    .action(allow);
  return command;
}

function sideOf(options: { readonly prompt?: true; readonly response?: true }): 'prompt' | 'response' {
  if ((options.prompt === true) === (options.response === true))
    throw new Failure('usage', 'Say --prompt or --response.');
  return options.prompt === true ? 'prompt' : 'response';
}

function whichOf(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function add(options: AddOptions): void {
  const { config, policy, prompt: _prompt, response: _response, json: _json, ...rule } = options;
  const edited = editFile(config, (text) => addRule(text, policy, sideOf(options), rule));
  applied(
    edited,
    config,
    'There is such a rule already.',
    `There is no policy named ${policy} in ${config}.`,
  );
  process.stdout.write(`Added to ${policy} in ${config}. A running gateway takes it up by itself.\n`);
}

function remove(which: string, options: Options & { prompt?: true; response?: true }): void {
  const edited = editFile(options.config, (text) =>
    removeRule(text, options.policy, sideOf(options), whichOf(which)),
  );
  applied(edited, options.config, '', `There is no such rule in ${options.policy}.`);
  process.stdout.write(`Removed from ${options.policy} in ${options.config}.\n`);
}

function allow(which: string, options: AllowOptions): void {
  const { pattern, hash, person, author, reason, expires } = options;
  const exception = {
    ...(pattern === undefined ? {} : { pattern }),
    ...(hash === undefined ? {} : { hash }),
    ...(person === undefined ? {} : { person }),
    author,
    reason,
    expires,
  };
  const edited = editFile(options.config, (text) =>
    addException(text, options.policy, sideOf(options), whichOf(which), exception),
  );
  applied(
    edited,
    options.config,
    'There is such an exception already.',
    `There is no such rule in ${options.policy}.`,
  );
  process.stdout.write(`Allowed in ${options.policy} until ${expires}.\n`);
}

function list(options: Options): void {
  const source = openConfig(options.config);
  source.close();
  const policy = source.current.policies[options.policy];
  if (policy === undefined) throw new Failure('finding', `There is no policy named ${options.policy}.`);
  const sides = { prompt: policy.prompt, response: policy.response };
  if (options.json) {
    const shown = (rules: readonly ResolvedRule[]) =>
      rules.map(({ name, find, action, as, from, allow: exceptions }) => ({
        name,
        find,
        do: action,
        as,
        from,
        exceptions: exceptions.length,
      }));
    process.stdout.write(
      `${JSON.stringify({ prompt: shown(sides.prompt), response: shown(sides.response) })}\n`,
    );
    return;
  }
  const rows = Object.entries(sides).flatMap(([side, rules]) =>
    rules.map((rule) => [
      side,
      rule.name,
      rule.find.join(', '),
      rule.action,
      rule.as,
      rule.from,
      rule.allow.length === 0 ? '' : String(rule.allow.length),
    ]),
  );
  process.stdout.write(table(['SIDE', 'NAME', 'FINDS', 'DOES', 'AS', 'FROM', 'EXCEPTIONS'], rows));
}
