// The rows together in the real engine: in the carriers in which people paste values, disguised, and on texts that only
// look as if they held something.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Direction } from '@sluice/types';
import { describe, expect, test } from 'vitest';
import { compileEngine } from '../engine.ts';
import { builtin } from './index.ts';
import { benignTexts, random } from './testing/benign.ts';
import { unmark } from './testing/plain.ts';

const engines: Record<Direction, ReturnType<typeof compileEngine>> = {
  prompt: compileEngine({ direction: 'prompt', detectors: builtin }),
  response: compileEngine({ direction: 'response', detectors: builtin }),
};
const engineOf = (direction: Direction | undefined) => engines[direction ?? 'response'];

/** Rows that need no words around: their first example is the value alone, in a sentence. */
const bare = builtin.filter(({ examples }) => examples.positive[0]!.startsWith('It is ‹'));

const CARRIERS: Readonly<Record<string, (value: string) => string>> = {
  'end of a sentence': (v) => `It is ${v}.`,
  'before a comma': (v) => `Use ${v}, then go on.`,
  exclamation: (v) => `Here: ${v}!`,
  brackets: (v) => `the old one (${v}) was revoked`,
  'double quotes': (v) => `set "${v}" there`,
  'single quotes': (v) => `x = '${v}'`,
  'back quotes': (v) => `run \`${v}\` now`,
  JSON: (v) => `{"a":1,"b":"${v}","c":[]}`,
  'JSON in JSON': (v) => JSON.stringify({ a: JSON.stringify({ b: v }) }),
  YAML: (v) => `a:\n  b: ${v}\n  c: 1\n`,
  environment: (v) => `A=1\nB=${v}\nC=2\n`,
  'Markdown table': (v) => `| a | b |\n|---|---|\n| 1 | ${v} |\n`,
  'Markdown emphasis': (v) => `**${v}**`,
  code: (v) => `const c = connect("${v}");`,
  'URL query': (v) => `https://acme.com/x?a=${v}&b=1`,
  'log line': (v) => `2024-01-02T03:04:05Z INFO call x=${v} status=200`,
  XML: (v) => `<a><b>${v}</b></a>`,
  CSV: (v) => `1,${v},2\n`,
  'line of its own': (v) => `\n${v}\n`,
  'end of text': (v) => `b=${v}`,
  'start of text': (v) => `${v} is it`,
};

test.each(Object.entries(CARRIERS))('values that stand by themselves are found in whole: %s', (_, carry) => {
  const missed = bare.flatMap((row) => {
    const values = new Set(row.examples.positive.map((marked) => /‹([\s\S]*)›/.exec(marked)![1]!));
    return [...values].filter((value) => {
      const text = carry(value);
      const start = text.indexOf(value.slice(0, 8));
      const found = engineOf(row.direction)
        .scan(text)
        .filter(({ detector }) => detector === row.id);
      return !found.some((f) => f.start <= start && text.slice(f.start, f.end).includes(value));
    });
  });
  expect(missed).toEqual([]);
});

describe('in the engine', () => {
  test.each(builtin.map((row) => [row.id, row] as const))(
    '%s finds its examples and spares its look-alikes',
    (_, row) => {
      for (const marked of row.examples.positive) {
        const { text, spans } = unmark(marked);
        const found = engineOf(row.direction)
          .scan(text)
          .filter((f) => f.detector === row.id);
        for (const { start, end } of spans)
          expect(
            found.some((f) => f.start <= start && f.end >= end),
            text,
          ).toBe(true);
      }
      for (const text of row.examples.negative)
        expect(
          engineOf(row.direction)
            .scan(text)
            .filter((f) => f.detector === row.id),
          text,
        ).toEqual([]);
    },
  );

  test.each(builtin.filter(({ examples }) => examples.evasive).map((row) => [row.id, row] as const))(
    '%s is found in disguise',
    (_, row) => {
      for (const { text, view } of row.examples.evasive ?? []) {
        const found = engineOf(row.direction)
          .scan(text)
          .filter((f) => f.detector === row.id);
        expect(
          found.map((f) => f.view),
          text,
        ).toContain(view);
      }
    },
  );
});

describe('benign texts', () => {
  const flagged = (texts: readonly string[], branch: string) =>
    texts.filter((text) => engines.response.scan(text).some(({ kind }) => kind.startsWith(`${branch}.`)));

  test('generated: at most one in two hundred is taken for a secret, three in a hundred for personal data', () => {
    const texts = benignTexts(1400);
    expect(flagged(texts, 'secret').length / texts.length).toBeLessThanOrEqual(0.005);
    expect(flagged(texts, 'pii').length / texts.length).toBeLessThanOrEqual(0.03);
    expect(flagged(texts, 'exfil').length / texts.length).toBeLessThanOrEqual(0.01);
  });

  // Skipped without installed packages, as in a library checkout of this folder alone.
  const root = join(import.meta.dirname, '../../../node_modules');
  const sources = sourceTexts(root, 500);
  test.skipIf(sources.length < 500)(
    'public packages: at most one in two hundred is taken for a secret',
    () => {
      const wrong = flagged(sources, 'secret');
      expect(wrong.length / sources.length).toBeLessThanOrEqual(0.005);
      expect(flagged(sources, 'pii').length / sources.length).toBeLessThanOrEqual(0.08);
      expect(flagged(sources, 'exfil').length / sources.length).toBeLessThanOrEqual(0.02);
    },
  );
});

/** Beginnings of files of other people's packages, the same ones each time. */
function sourceTexts(root: string, count: number): string[] {
  const files: string[] = [];
  const walk = (folder: string, depth: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && depth < 4) walk(join(folder, entry.name), depth + 1);
      else if (entry.isFile() && /\.(?:md|[cm]?[jt]s|json|ya?ml)$/.test(entry.name))
        files.push(join(folder, entry.name));
    }
  };
  try {
    walk(root, 0);
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ENOENT') return [];
    throw cause;
  }
  files.sort();
  const next = random(7);
  return Array.from({ length: Math.min(count, files.length) }, () =>
    readFileSync(files[Math.floor(next() * files.length)]!, 'utf8').slice(0, 3000),
  );
}
