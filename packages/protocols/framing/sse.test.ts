// Events are found in any split of the bytes, in every style of line that the standard knows.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../malformed.ts';
import { MAX_EVENT, SseReader, writeEvent } from './sse.ts';

interface Seen {
  readonly name: string | undefined;
  readonly data: string;
  readonly verbatim: string | undefined;
}

const KNOWN = Buffer.from('data: known\n\n');

function read(bytes: Buffer, cuts: readonly number[] = [], end = true): Seen[] {
  const seen: Seen[] = [];
  const kept: [Buffer, string][] = [];
  const reader = new SseReader({
    event(event) {
      const { bytes: from, start, end: to } = event;
      const slice = from.subarray(start, to);
      if (event.verbatim) kept.push([slice, slice.toString()]);
      seen.push({
        name: event.name,
        data: from.toString('utf8', event.from, event.to),
        verbatim: event.verbatim ? slice.toString() : undefined,
      });
    },
    comment: () => seen.push({ name: ':', data: '', verbatim: undefined }),
    skim(from, at, to) {
      // Events of this one shape are known, as a handler may know those it has seen.
      if (at + KNOWN.length > to || !from.subarray(at, at + KNOWN.length).equals(KNOWN)) return at;
      const verbatim = KNOWN.toString();
      kept.push([from.subarray(at, at + KNOWN.length), verbatim]);
      seen.push({ name: undefined, data: 'known', verbatim });
      return at + KNOWN.length;
    },
  });
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    reader.push(Buffer.from(bytes.subarray(at, cut)));
    at = cut;
  }
  if (end) reader.end();
  // What was handed over may be kept: later chunks do not change it.
  for (const [slice, text] of kept) expect(slice.toString()).toBe(text);
  return seen;
}

const simple = (seen: Seen[]) => seen.map(({ name, data }) => ({ name, data }));

describe('reading events', () => {
  test.each([
    ['data: a\n\n', [[undefined, 'a']]],
    [
      'data:a\n\ndata:  b\n\n',
      [
        [undefined, 'a'],
        [undefined, ' b'],
      ],
    ],
    ['event: x\ndata: a\n\n', [['x', 'a']]],
    ['event:x\r\ndata:a\r\n\r\n', [['x', 'a']]],
    ['data: a\rdata: b\r\r', [[undefined, 'a\nb']]],
    ['data\n\n', [[undefined, '']]],
    ['data: a\ndata\ndata: b\n\n', [[undefined, 'a\n\nb']]],
    ['event: x\n\ndata: a\n\n', [[undefined, 'a']]],
    ['event: x\nevent: y\ndata: a\n\n', [['y', 'a']]],
    ['event\ndata: a\n\n', [[undefined, 'a']]],
    ['id: 1\nretry: 5\nfoo: bar\ndata: a\n\n', [[undefined, 'a']]],
    ['datax: a\n data: b\n\n', []],
    ['\n\n\ndata: a\n\n\n\n', [[undefined, 'a']]],
    [
      ': hi\n\ndata: a\n\n',
      [
        [':', ''],
        [undefined, 'a'],
      ],
    ],
    ['data: a', [[undefined, 'a']]],
    ['data: a\n', [[undefined, 'a']]],
    ['', []],
  ] as [string, [string | undefined, string][]][])('%j', (text, expected) => {
    const wanted = expected.map(([name, data]) => ({ name, data }));
    const bytes = Buffer.from(text);
    expect(simple(read(bytes))).toEqual(wanted);
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(simple(read(bytes, [cut])), `cut ${cut}`).toEqual(wanted);
  });

  test('an event in the form that is written here is known to be so, and no other', () => {
    const verbatim = (text: string) => read(Buffer.from(text)).map((seen) => seen.verbatim);
    expect(verbatim('event: x\ndata: a\n\ndata: b\n\n')).toEqual(['event: x\ndata: a\n\n', 'data: b\n\n']);
    for (const other of [
      'data:a\n\n',
      'data: a\r\n\r\n',
      'data: a\nevent: x\n\n',
      'id: 1\ndata: a\n\n',
      'data: a\ndata: b\n\n',
      'data: a\n',
      'event: \ndata: a\n\n',
      'event: x\nevent: x\ndata: a\n\n',
      'data: a\nid: secret\n\n',
    ])
      expect(verbatim(other), JSON.stringify(other)).toEqual([undefined]);
  });

  test('a blank line before an event belongs to no event', () => {
    expect(read(Buffer.from('\n\ndata: a\n\n')).map((seen) => seen.verbatim)).toEqual(['data: a\n\n']);
  });

  test('any split gives the same events', () => {
    const line = fc.constantFrom('data: a', 'data:é😀', 'data', 'event: x', ':c', 'id: 1', '', '', 'data: b');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'))),
        fc.array(fc.nat(200)),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((pair) => pair.join('')).join(''));
          const sorted = cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b);
          expect(read(bytes, sorted)).toEqual(read(bytes));
          const each = Array.from({ length: bytes.length }, (_, at) => at);
          expect(read(bytes, each)).toEqual(read(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('what is written reads as it was meant', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom('message', 'error'), { nil: undefined }),
        fc.array(fc.string().map((s) => s.replace(/[\r\n]/g, ''))),
        (name, lines) => {
          const data = lines.join('\n');
          expect(simple(read(writeEvent(name, data)))).toEqual([{ name, data }]);
        },
      ),
    );
  });
});

describe('bounds', () => {
  const long = Buffer.alloc(MAX_EVENT + 100, 'a');

  test('an endless line is refused once it is too long, and not kept beyond that', () => {
    expect(() => read(Buffer.concat([Buffer.from('data: '), long]), [1000, 500_000])).toThrow(Malformed);
    expect(() => read(Buffer.concat([Buffer.from('data: '), long, Buffer.from('\n\n')]))).toThrow(Malformed);
    expect(() => read(Buffer.from('data: a\n'.repeat(MAX_EVENT / 8 + 1)))).toThrow(Malformed);
  });

  test('a long event below the limit is read', () => {
    const data = long.subarray(0, MAX_EVENT - 100);
    expect(read(Buffer.concat([Buffer.from('data: '), data, Buffer.from('\n\n')]))[0]?.data.length).toBe(
      data.length,
    );
  });

  test('a byte-order mark is refused', () => {
    expect(() => read(Buffer.from('\ufeffdata: a\n\n'))).toThrow(Malformed);
  });

  test('a long line in small pieces takes linear work', () => {
    const bytes = Buffer.concat([Buffer.from('data: '), long.subarray(0, 300_000), Buffer.from('\n\n')]);
    const cuts = Array.from({ length: 30_000 }, (_, at) => at * 10);
    expect(read(bytes, cuts)).toHaveLength(1);
  });
});
