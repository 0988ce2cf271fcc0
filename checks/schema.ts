// Keeps the JSON Schema and the configuration reference equal to what the gateway checks. `--write` writes them; without it, ends
// with 1 when a file is out of date. It must not know what is in them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { referencePage } from '@sluice/gateway/config/reference-page';
import { schemaText } from '@sluice/gateway/config/schema';

const root = path.resolve(import.meta.dirname, '..');

/** Generated files and their text. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/sluice.schema.json': schemaText,
  'docs/reference/configuration.md': referencePage,
};

/** Those that differ from what would be written now. */
export function outOfDate(): readonly string[] {
  return Object.keys(GENERATED).filter((file) => readIfThere(path.join(root, file)) !== GENERATED[file]!());
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

if (import.meta.main) {
  const stale = outOfDate();
  for (const file of stale) {
    if (process.argv.includes('--write')) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), GENERATED[file]!());
      process.stdout.write(`wrote ${file}\n`);
    } else {
      process.stdout.write(`${file} is out of date: npm run schema\n`);
      process.exitCode = 1;
    }
  }
}
