// A directory for one test's ledger.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestHome {
  readonly directory: string;
  readonly path: string;
  readonly keyFile: string;
  /** Bytes of every file below the directory, by name. */
  contents(): { readonly name: string; readonly bytes: Buffer }[];
  remove(): void;
}

export function testHome(): TestHome {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-ledger-'));
  return {
    directory,
    path: join(directory, 'sluice.db'),
    keyFile: join(directory, 'sluice.key'),
    contents: () =>
      (readdirSync(directory, { recursive: true }) as string[])
        .filter((name) => statSync(join(directory, name)).isFile())
        .map((name) => ({ name, bytes: readFileSync(join(directory, name)) })),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
