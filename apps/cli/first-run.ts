// The first run: no sluice.yaml, so a model server that leaks on purpose stands behind the gateway. What it needs is made once
// in `data/`, and used again by the next start and by commands beside a running gateway.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DIRECTORY = 'data';
const CREDENTIAL_FILE = path.join(DIRECTORY, 'demo.credential');
const KEY_FILE = path.join(DIRECTORY, 'demo.key');

/** Port of the model server: fixed, so that every command reads the same configuration. */
export const LEAKY_PORT = 8090;

/** Reads the file, or makes it (mode 0600) with what `make` gives. */
function keep(file: string, make: () => string): string {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}

export function demoCredential(): string {
  return keep(CREDENTIAL_FILE, () => `leaky-${randomBytes(24).toString('hex')}`);
}

/** The key that the last first run printed, if any. */
export function demoKey(): string | undefined {
  return existsSync(KEY_FILE) ? readFileSync(KEY_FILE, 'utf8').trim() : undefined;
}

export function keepDemoKey(key: string): void {
  writeFileSync(KEY_FILE, `${key}\n`, { mode: 0o600 });
}
