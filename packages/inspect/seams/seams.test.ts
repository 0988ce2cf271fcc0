// Values that are split over texts: whole texts are masked exactly; of texts that grow nothing of the last part gets out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtin } from '../detectors/index.ts';
import { compileEngine } from '../engine.ts';
import { keyed, treatment } from '../testing/lanes.ts';
import { across, type Part } from './across.ts';
import { Growing } from './growing.ts';

const VALUE = 'mauve-Kestrel-41-orchard';
const PHRASE = 'correct horse battery staple';
const TOKEN = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const GITHUB = ['ghp_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
const KINDS: Readonly<Record<string, string>> = {
  [VALUE]: 'canary.own',
  [PHRASE]: 'canary.own',
  [TOKEN]: 'secret.aws-access-key-id',
  [GITHUB]: 'secret.github-token',
};
const engine = compileEngine({
  direction: 'response',
  detectors: builtin.filter(({ kind }) => kind.startsWith('secret.')),
  exact: [VALUE, PHRASE].map((value) => ({ kind: 'canary.own', value })),
});
const splits = engine.splits();

function masked(parts: readonly Part[]): string[] {
  const found = across(splits, parts);
  return parts.map(
    ({ text, format }, index) =>
      engine.transform(text, {
        treat: () => treatment('mask'),
        keyed,
        format,
        given: found.get(index) ?? [],
      }).output,
  );
}

const texts = (...list: readonly string[]): Part[] =>
  list.map((text) => ({ text, format: 'text', group: '' }));
const values = fc.constantFrom(VALUE, TOKEN, GITHUB);
/** Places to cut at, ascending, so that there are two to four parts and none is empty. */
const cuts = (value: string) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: value.length - 1 }), { minLength: 1, maxLength: 3 })
    .map((list) => list.sort((a, b) => a - b));
const cutAt = (value: string, places: readonly number[]): string[] =>
  [0, ...places].map((from, index) => value.slice(from, places[index] ?? value.length));
const split = values.chain((value) => fc.tuple(fc.constant(value), cuts(value)));

describe('texts that are whole', () => {
  it.each([VALUE, PHRASE, TOKEN, GITHUB])('mask both parts of a value cut at any place', (value) => {
    for (let at = 1; at < value.length; at += 1) {
      const label = `[REDACTED:${KINDS[value]}]`;
      const [head, tail] = [value.slice(0, at), value.slice(at)];
      expect(masked(texts(`The first half is ${head}`, `${tail} was the second.`))).toEqual([
        `The first half is ${label}`,
        `${label} was the second.`,
      ]);
    }
  });

  it('mask every part of a value in up to four texts, whatever white space and empty texts stand between', () => {
    fc.assert(
      fc.property(split, fc.constantFrom('', ' ', '\n'), fc.boolean(), ([value, places], space, empty) => {
        const parts = cutAt(value, places);
        const list = parts.map((part, index) =>
          index === 0 ? `Note: ${part}${space}` : index === parts.length - 1 ? `${part} Thanks.` : part,
        );
        const out = masked(texts(...list.flatMap((text) => (empty ? [text, ''] : [text])))).join('|');
        for (const part of parts.filter(({ length }) => length > 3)) expect(out).not.toContain(part);
        expect(out.split(`[REDACTED:${KINDS[value]}]`).length - 1).toBe(parts.length);
      }),
      { numRuns: 60 },
    );
  });

  it('read the values of JSON source, and leave it valid', () => {
    const parts: Part[] = [
      { text: `{"part": "${TOKEN.slice(0, 9)}"}`, format: 'json', group: '' },
      { text: `{"part": "${TOKEN.slice(9)}", "n": 1}`, format: 'json', group: '' },
    ];
    const label = '[REDACTED:secret.aws-access-key-id]';
    expect(masked(parts).map((text) => JSON.parse(text))).toEqual([{ part: label }, { part: label, n: 1 }]);
  });

  it.each([
    ['ordinary sentences', 'I like it.', 'The rest is fine', 'thanks'],
    ['a value that is whole on one side', `Use ${VALUE}`, 'Thanks a lot.'],
    ['a token that is whole on one side', `Use ${GITHUB}`, 'AndMore', `${TOKEN}`],
    ['parts with words between them', `It is ${TOKEN.slice(0, 8)} so far`, TOKEN.slice(8)],
  ])('find nothing split in %s', (_name, ...list) => {
    expect(across(splits, texts(...list)).size).toBe(0);
  });

  it('read the parts from the end on, and past what stands between those of one name', () => {
    const [head, tail] = [TOKEN.slice(0, 8), TOKEN.slice(8)];
    expect(across(splits, texts(tail, head)).size).toBe(2);
    const named = (group: string, text: string): Part => ({ text, format: 'text', group });
    const parts = [
      named('arguments', head),
      named('id', 'call_1'),
      named('name', 'put'),
      named('arguments', tail),
    ];
    expect([...across(splits, parts).keys()]).toEqual([0, 3]);
  });

  it('find a token among other short texts', () => {
    const [head, tail] = [TOKEN.slice(0, 8), TOKEN.slice(8)];
    expect([...across(splits, texts('Hello', head, tail, 'Thanks')).keys()]).toEqual([1, 2]);
  });

  it('look at what was known before only where it meets something new', () => {
    const read: string[] = [];
    const part = (text: string, known: boolean): Part => ({
      get text() {
        if (!read.includes(text)) read.push(text);
        return text;
      },
      format: 'text',
      group: '',
      known,
    });
    const [head, tail] = [TOKEN.slice(0, 8), TOKEN.slice(8)];
    const list = [
      'first one',
      'second one',
      'the third one of all of them',
      `the fourth one of them is ${head}`,
    ].map((text) => part(text, true));
    expect([...across(splits, [...list, part(tail, false)]).keys()]).toEqual([3, 4]);
    expect(read).not.toContain('the third one of all of them');
  });

  it('see through a disguise that is laid over the seam', () => {
    const worn = Buffer.from(VALUE).toString('base64');
    expect(across(splits, texts(worn.slice(0, 10), worn.slice(10))).size).toBe(2);
  });
});

interface Delivered {
  readonly out: readonly string[];
  readonly told: readonly string[];
}

/** Feeds texts in pieces, in an order, until a split value is told. */
function deliver(
  lists: readonly (readonly string[])[],
  order: readonly number[],
  format: Part['format'] = 'text',
): Delivered {
  const growing = new Growing(splits);
  const numbers = lists.map(() => growing.open(format));
  const out = lists.map(() => '');
  const waiting = lists.map(() => '');
  const next = lists.map(() => 0);
  for (const text of order) {
    const piece = lists[text]![next[text]!++];
    const ends = piece === undefined;
    const { splits: found, live } = ends
      ? { splits: growing.end(numbers[text]!), live: false }
      : growing.push(numbers[text]!, piece);
    if (found.length > 0) return { out, told: found[0]!.parts.map(({ given }) => given.kind) };
    waiting[text] = waiting[text]! + (piece ?? '');
    if (live) continue;
    out[text] = out[text]! + waiting[text]!;
    waiting[text] = '';
  }
  return { out, told: [] };
}

/** One text after the other, each in pieces and ended. */
const inTurn = (lists: readonly (readonly string[])[]): number[] =>
  lists.flatMap((pieces, index) => [...pieces.map(() => index), index]);
const pieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

describe('texts that grow', () => {
  it('let nothing of the last part out when they come one after the other', () => {
    fc.assert(
      fc.property(split, fc.integer({ min: 1, max: 9 }), ([value, places], size) => {
        const parts = cutAt(value, places);
        const lists = parts.map((part, index) =>
          pieces(index === parts.length - 1 ? `${part} and so on` : part, size),
        );
        const { out, told } = deliver(lists, inTurn(lists));
        expect(told).toEqual(parts.map(() => KINDS[value]));
        expect(out.at(-1)).toBe('');
      }),
      { numRuns: 60 },
    );
  });

  it('are never complete with the caller, in whatever order their pieces come', () => {
    const case_ = split.chain(([value, places]) => {
      const lists = cutAt(value, places).map((part) => pieces(part, 2));
      return fc.tuple(
        fc.constant(value),
        fc.constant(lists),
        fc.shuffledSubarray(inTurn(lists), { minLength: inTurn(lists).length }),
      );
    });
    fc.assert(
      fc.property(case_, ([value, lists, order]) => {
        const { out, told } = deliver(lists, order);
        expect(told.length).toBe(lists.length);
        expect(out.join('')).not.toContain(value);
      }),
      { numRuns: 60 },
    );
  });

  it('hold no more of ordinary words than the first word of a text', () => {
    const growing = new Growing(splits);
    const [first, second] = [growing.open('text'), growing.open('text')];
    growing.push(first, 'I think about ghp_');
    expect(growing.push(second, 'The').live).toBe(true);
    expect(growing.push(second, ' answer').live).toBe(false);
    expect(growing.push(second, ' is').live).toBe(false);
  });

  it('tell a split once', () => {
    const growing = new Growing(splits);
    const [first, second] = [growing.open('text'), growing.open('text')];
    growing.push(first, VALUE.slice(0, 9));
    expect(growing.push(second, VALUE.slice(9)).splits.length + growing.end(second).length).toBe(1);
    expect(growing.push(first, '')).toEqual({ splits: [], live: false });
  });
});
