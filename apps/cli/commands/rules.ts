// `sluice rules`: what a policy finds and does, changed in the file with its comments kept.
import { addException, addRule, type NewRule, policiesOf, removeRule } from '@sluice/gateway/config/index';
import type { ResolvedRule } from '@sluice/policy';
import { type Action, type Direction, type MaskStyle, STRICTNESS } from '@sluice/types';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { configOption, documentIn, jsonOption } from '../config.ts';
import { applyEdit } from '../edited.ts';
import { Failure } from '../failure.ts';
import { printJson, table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly policy: string;
  readonly json?: true;
}

interface Sided extends Options {
  readonly prompt?: true;
  readonly response?: true;
}

interface AddOptions extends Sided {
  readonly name?: string;
  readonly find?: readonly string[];
  readonly match?: readonly string[];
  readonly words?: readonly string[];
  readonly do: Action;
  readonly as?: MaskStyle;
  readonly confidence?: number;
}

interface AllowOptions extends Sided {
  readonly pattern?: string;
  readonly hash?: string;
  readonly person?: string;
  readonly author: string;
  readonly reason: string;
  readonly expires: string;
}

const STYLES = [
  'label',
  'last4',
  'hash',
  'partial',
  'token',
  'remove',
] as const satisfies readonly MaskStyle[];

const policyOption = () => new Option('--policy <name>', 'the policy').default('standard');

export function register(command: Command): void {
  const sides = (sub: Command) =>
    sub
      .option('--prompt', 'a rule for what is sent to the model')
      .option('--response', 'a rule for what the model answers')
      .addOption(policyOption())
      .addOption(configOption());
  sides(command.command('add').description('add a rule'))
    .option('--name <name>', 'needed with --match or --words')
    .option('--find <kind...>', 'kinds or branches: secret, pii.email')
    .option('--match <pattern...>', 'your own patterns, RE2-style')
    .option('--words <word...>', 'your own words')
    .addOption(
      new Option('--do <action>', 'what is done with what it finds')
        .choices(Object.keys(STRICTNESS))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--as <style>', 'how a masked value reads').choices(STYLES))
    .option('--confidence <number>', 'only findings at least so sure, from 0 to 1', confidenceOf)
    .action(add);
  command
    .command('list')
    .description('the rules in force, inherited ones too')
    .addOption(jsonOption())
    .addOption(policyOption())
    .addOption(configOption())
    .action(list);
  sides(
    command
      .command('remove')
      .argument('<rule>', 'its name, what it finds, or its place from 0')
      .description('remove a rule that the policy itself writes'),
  ).action(remove);
  sides(
    command
      .command('allow')
      .argument('<rule>', 'its name, what it finds, or its place from 0')
      .description('settle a false positive: an exception that ends by itself'),
  )
    .option('--pattern <pattern>', 'values that match it as a whole')
    .option('--hash <hash>', 'the value of a finding, by its keyed hash')
    .option('--person <person>', 'for one person')
    .requiredOption('--author <person>', 'who settles it')
    .requiredOption('--reason <text>', 'why it is harmless')
    .requiredOption('--expires <day>', 'when it ends, such as 2027-01-31')
    .action(allow);
}

function confidenceOf(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It is a number from 0 to 1.');
}

function sideOf(options: Sided): Direction {
  if ((options.prompt === true) === (options.response === true))
    throw new Failure('usage', 'Say --prompt or --response.');
  return options.prompt === true ? 'prompt' : 'response';
}

function whichOf(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** A list of one as it would be written by hand; kinds may be given with commas too. */
function plain(values: readonly string[] | undefined, separator?: string) {
  const all = separator === undefined ? values : values?.flatMap((value) => value.split(separator));
  return all?.length === 1 ? all[0]! : all;
}

function ruleOf({ name, find, match, words, do: action, as, confidence }: AddOptions): NewRule {
  const [kinds, patterns] = [plain(find, ','), plain(match)];
  return {
    ...(name === undefined ? {} : { name }),
    ...(kinds === undefined ? {} : { find: kinds }),
    ...(patterns === undefined ? {} : { match: patterns }),
    ...(words === undefined ? {} : { words }),
    do: action,
    ...(as === undefined ? {} : { as }),
    ...(confidence === undefined ? {} : { confidence }),
  };
}

const TAKEN_UP = 'A running gateway that serves this file takes it up by itself.';

function add(options: AddOptions): void {
  const { config, policy } = options;
  const side = sideOf(options);
  const refusals = { noSuch: `There is no policy named ${policy} in ${config}.` };
  applyEdit(config, refusals, (text) => addRule(text, policy, side, ruleOf(options)));
  process.stdout.write(`Added to the ${side} rules of ${policy} in ${config}. ${TAKEN_UP}\n`);
}

function remove(which: string, options: Sided): void {
  const { config, policy } = options;
  const side = sideOf(options);
  const refusals = {
    noSuch: `${policy} itself writes no such ${side} rule in ${config}; inherited ones are changed where they are written.`,
  };
  applyEdit(config, refusals, (text) => removeRule(text, policy, side, whichOf(which)));
  process.stdout.write(`Removed from the ${side} rules of ${policy} in ${config}. ${TAKEN_UP}\n`);
}

function allow(which: string, options: AllowOptions): void {
  const { config, policy, pattern, hash, person, author, reason, expires } = options;
  const side = sideOf(options);
  const exception = {
    ...(pattern === undefined ? {} : { pattern }),
    ...(hash === undefined ? {} : { hash }),
    ...(person === undefined ? {} : { person }),
    author,
    reason,
    expires,
  };
  const refusals = {
    exists: 'There is such an exception already.',
    noSuch: `There is no such ${side} rule in ${policy}. See: sluice rules list`,
  };
  applyEdit(config, refusals, (text) => addException(text, policy, side, whichOf(which), exception));
  process.stdout.write(`Allowed in ${policy} until ${expires}. ${TAKEN_UP}\n`);
}

async function list(options: Options): Promise<void> {
  const policy = policiesOf(await documentIn(options.config))[options.policy];
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
    return printJson({ prompt: shown(sides.prompt), response: shown(sides.response) });
  }
  const rows = Object.entries(sides).flatMap(([side, rules]) =>
    rules.map((rule) => [
      side,
      rule.name,
      rule.find.join(', '),
      rule.action,
      rule.action === 'mask' ? rule.as : '',
      rule.from,
      rule.allow.length === 0 ? '' : String(rule.allow.length),
    ]),
  );
  process.stdout.write(
    rows.length === 0
      ? `${options.policy} has no rules: nothing is found. Add one with: sluice rules add\n`
      : table(['SIDE', 'NAME', 'FINDS', 'DOES', 'AS', 'FROM', 'EXCEPTIONS'], rows),
  );
}
