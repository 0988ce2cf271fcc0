// The page of detectors is the one that the rows give. `UPDATE_DOCS=1` writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { builtin } from './index.ts';

const PAGE = join(import.meta.dirname, '../../../docs/detectors.md');

test('docs/detectors.md is current', () => {
  if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, catalogue());
  expect(readFileSync(PAGE, 'utf8')).toBe(catalogue());
});

test('every kind has its place in the catalogue', () => {
  const page = catalogue();
  for (const { id, kind } of builtin) expect(page).toContain(`| \`${kind}\` | \`${id}\` |`);
});
