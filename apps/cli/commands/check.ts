// `sluice check`: everything that is wrong with the configuration, at once, with its place.
import { existsSync, readFileSync } from 'node:fs';
import { loadFile, printProblems } from '@sluice/gateway';
import { Command } from 'commander';
import { configOption } from '../config.ts';
import { EXIT } from '../failure.ts';

interface Options {
  readonly config: string;
  readonly json?: true;
}

export function check(): Command {
  return new Command('check')
    .description('read the configuration and say everything that is wrong with it')
    .addOption(configOption())
    .option('--json', 'print JSON')
    .action(run);
}

function run({ config: file, json }: Options): void {
  const { config, problems } = loadFile(file);
  if (config === undefined) process.exitCode = EXIT.finding;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: config !== undefined, problems })}\n`);
    return;
  }
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  process.stdout.write(printProblems(problems, text, { file, colour: process.stdout.isTTY === true }));
  if (config === undefined) return;
  const connections = Object.keys(config.connections).length;
  const policies = Object.keys(config.policies).length;
  process.stdout.write(
    `${file} is good: ${connections} ${connections === 1 ? 'connection' : 'connections'}, ${config.access.length} access ${config.access.length === 1 ? 'rule' : 'rules'}, ${policies} ${policies === 1 ? 'policy' : 'policies'}.\n`,
  );
}
