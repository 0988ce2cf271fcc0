// `sluice check`: everything that is wrong with the configuration, at once, with its place.
import { readFileSync } from 'node:fs';
import { loadFile, printProblems } from '@sluice/gateway/config/index';
import type { Command } from 'commander';
import { configOption, isFirstRun, jsonOption } from '../config.ts';
import { EXIT, Failure } from '../failure.ts';
import { printJson } from '../output.ts';
import { colourful } from '../text.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

export function register(command: Command): void {
  command.addOption(jsonOption()).addOption(configOption()).action(run);
}

function run({ config: file, json }: Options): void {
  if (isFirstRun(file))
    throw new Failure('finding', `There is no ${file} here. Begin one with: sluice connections add`);
  const { config, problems } = loadFile(file);
  if (config === undefined) process.exitCode = EXIT.finding;
  if (json) {
    printJson({ ok: config !== undefined, problems });
    return;
  }
  const unread = problems.some(({ code }) => code === 'unreadable_file');
  const text = unread ? '' : readFileSync(file, 'utf8');
  process.stdout.write(printProblems(problems, text, { file, colour: colourful(process.stdout) }));
  if (config === undefined) return;
  const counts = [
    counted(Object.keys(config.connections).length, 'connection', 'connections'),
    counted(config.access.length, 'access rule', 'access rules'),
    counted(Object.keys(config.policies).length, 'policy', 'policies'),
  ];
  process.stdout.write(`${file} is good: ${counts.join(', ')}.\n`);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
