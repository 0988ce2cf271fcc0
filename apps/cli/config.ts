// Which configuration a command is about: `--config FILE`, else ./sluice.yaml, else that of the first run.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigSource, demoConfig, printProblems } from '@sluice/gateway';
import { Option } from 'commander';
import { Failure } from './failure.ts';
import { demoCredential, LEAKY_PORT } from './first-run.ts';

export const DEFAULT_FILE = 'sluice.yaml';

export const configOption = () =>
  new Option('-c, --config <file>', 'configuration file').default(DEFAULT_FILE);

/** True when there is no file and none was asked for. */
export function isFirstRun(file: string): boolean {
  return file === DEFAULT_FILE && !existsSync(file);
}

/** Throws a Failure that lists everything that is wrong. */
export function openConfig(file: string): ConfigSource {
  const opened = isFirstRun(file) ? firstRun() : ConfigSource.openFile(path.resolve(file));
  if (opened.ok) return opened.source;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  throw new Failure(
    'finding',
    printProblems(opened.problems, text, { file, colour: process.stderr.isTTY === true }).trimEnd(),
  );
}

function firstRun() {
  demoCredential();
  return ConfigSource.openText(demoConfig({ upstream: `http://127.0.0.1:${LEAKY_PORT}` }));
}
