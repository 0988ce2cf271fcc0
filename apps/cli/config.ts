// Which configuration a command is about: `--config FILE`, else ./sluice.yaml, else that of the first run. Most commands need
// only its places, which take no checking; the rest is loaded when it is asked for.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigSource, FileDocument, Problem } from '@sluice/gateway/config/index';
import { type Places, placesOf } from '@sluice/gateway/config/places';
import { demoConfig } from '@sluice/gateway/config/template';
import { Option } from 'commander';
import { Failure } from './failure.ts';
import { demoCredential, LEAKY_PORT } from './first-run.ts';
import { colourful } from './text.ts';

export const DEFAULT_FILE = 'sluice.yaml';

export const configOption = () =>
  new Option('-c, --config <file>', 'configuration file').default(DEFAULT_FILE);

export const jsonOption = () => new Option('--json', 'print JSON');

/** True when there is no file and none was asked for. */
export function isFirstRun(file: string): boolean {
  return file === DEFAULT_FILE && !existsSync(file);
}

function textOf(file: string): string {
  if (isFirstRun(file)) return demoConfig({ upstream: `http://127.0.0.1:${LEAKY_PORT}` });
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Failure('usage', `${file} cannot be read.`);
  }
}

/** Reads no secret, and minds no mistake elsewhere in the file. */
export function placesIn(file: string): Places {
  return placesOf(textOf(file), path.dirname(path.resolve(file)));
}

/** What the file says, its secrets unread. Throws a Failure that lists everything that is wrong. */
export async function documentIn(file: string): Promise<FileDocument> {
  const { checkText } = await import('@sluice/gateway/config/index');
  const text = textOf(file);
  const { problems, document } = checkText(text);
  if (document === undefined) throw await told(problems, file, text);
  return document;
}

/** The configuration with its secrets, as the gateway reads it. Throws a Failure that lists everything that is wrong. */
export async function openConfig(
  file: string,
): Promise<{ readonly source: ConfigSource; readonly warnings: readonly Problem[] }> {
  const { ConfigSource } = await import('@sluice/gateway/config/index');
  const text = textOf(file);
  if (isFirstRun(file)) demoCredential();
  const opened = isFirstRun(file) ? ConfigSource.openText(text) : ConfigSource.openFile(path.resolve(file));
  if (opened.ok) return opened;
  throw await told(opened.problems, file, text);
}

async function told(problems: readonly Problem[], file: string, text: string): Promise<Failure> {
  const { printProblems } = await import('@sluice/gateway/config/index');
  return new Failure(
    'finding',
    printProblems(problems, text, { file, colour: colourful(process.stderr) }).trimEnd(),
  );
}
