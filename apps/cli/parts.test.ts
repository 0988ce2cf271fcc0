// Small parts with laws of their own: text made harmless, lines out of chunks, what a stream said, ids and times.
import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineWriter, linesOf } from './lines.ts';
import { moment, parseSpan, table, when } from './output.ts';
import { wholeId } from './short-id.ts';
import { Spoken } from './spoken.ts';
import { escaped, visible } from './text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

/** Cuts a text at places that the generator chooses. */
const cutUp = (text: string) =>
  fc
    .array(fc.nat(text.length), { maxLength: 6 })
    .map((places) => [0, ...places.sort((a, b) => a - b), text.length])
    .map((places) => places.slice(1).map((place, i) => text.slice(places[i], place)));

describe('text of others', () => {
  const drives = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

  it('holds nothing that drives a terminal, keeps its length, and keeps everything else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(drives);
        expect(shown.length).toBe(text.length);
        if (!drives.test(text) && !/[\u061c\u200e\u200f]/.test(text)) expect(shown).toBe(text);
      }),
    );
  });

  it('keeps line breaks and tabs where lines are shown', () => {
    expect(visible('a\tb\nc\rd\u001b[0m', 'lines')).toBe('a\tb\nc\u240dd\u241b[0m');
  });

  it('is the same JSON in another spelling', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = escaped(JSON.stringify({ text }));
        expect(json).not.toMatch(drives);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });

  it('does not bend a table', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['one\ntwo', 'x'],
          ['\u001b[31m', 'y'],
        ],
      ),
    ).toBe('A        B\none\u240atwo  x\n\u241b[31m    y\n');
  });
});

describe('lines', () => {
  const rows = fc.array(
    fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\n', '')),
    { maxLength: 8 },
  );

  it('are the same however the stream is cut, inside a character too', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), async (wanted, size) => {
        const bytes = Buffer.from(wanted.map((row) => `${row}\u20ac\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const got: string[] = [];
        for await (const line of linesOf(Readable.from(chunks, { objectMode: false }))) got.push(line);
        expect(got).toEqual(wanted.map((row) => `${row}\u20ac`));
      }),
    );
  });

  it('need no line feed at the end', async () => {
    const got: string[] = [];
    for await (const line of linesOf(Readable.from(['a\nb'], { objectMode: false }))) got.push(line);
    expect(got).toEqual(['a', 'b']);
  });

  it('are written in order, and wait for a slow reader', async () => {
    let taken = '';
    const slow = new Writable({
      highWaterMark: 10,
      write(chunk, _encoding, done) {
        taken += chunk;
        setImmediate(done);
      },
    });
    const writer = new LineWriter(slow);
    const long = 'x'.repeat(40_000);
    const waits: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      const behind = writer.write(`${i}${long}`);
      waits.push(behind !== undefined);
      await behind;
    }
    await writer.flush();
    expect(waits).toEqual([false, true, false, true]);
    expect(taken).toBe([0, 1, 2, 3].map((i) => `${i}${long}\n`).join(''));
  });
});

describe('what a stream said', () => {
  const frames = [
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    { choices: [{ index: 0, delta: { reasoning_content: 'hm. ' } }] },
    { choices: [{ index: 0, delta: { content: 'The {keeper}' } }] },
    { type: 'content_block_delta', delta: { type: 'text_delta', text: ' walks' } },
    { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
    { choices: [{ index: 0, delta: { tool_calls: [{ function: { arguments: '[2]' } }] } }] },
    { choices: [{ text: '.' }] },
  ];
  const body = `event: start\n${frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')}: a comment\n\ndata: {broken}\n\ndata: [DONE]\n\n`;

  it('is the same however its pieces are cut', () => {
    fc.assert(
      fc.property(cutUp(body), (pieces) => {
        const spoken = new Spoken(body);
        expect(pieces.map((piece) => spoken.take(piece)).join('')).toBe('hm. The {keeper} walks{"a":1}[2].');
      }),
    );
  });

  it('is the body itself when it is no stream', () => {
    const spoken = new Spoken('{"id":1}');
    expect(spoken.take('{"id":1}')).toBe('{"id":1}');
  });
});

describe('a short id', () => {
  const among = (ids: string[]) => ({ whole: /^ses_.{26}$/, ids: async () => ids, none: 'none' });

  it('is made whole when one id ends with it, whatever the case', async () => {
    expect(await wholeId('7xq2', among(['ses_a1', 'ses_b7XQ2']))).toBe('ses_b7XQ2');
  });

  it('is refused when several do, and when none does', async () => {
    await expect(wholeId('q2', among(['ses_aq2', 'ses_bq2']))).rejects.toMatchObject({ exitCode: 2 });
    await expect(wholeId('zz', among(['ses_aq2']))).rejects.toMatchObject({ exitCode: 1, message: 'none' });
  });

  it('that is whole is taken as it is, and nobody is asked', async () => {
    const id = `ses_${'0'.repeat(26)}`;
    const ids = () => Promise.reject(new Error('asked'));
    expect(await wholeId(id, { whole: /^ses_.{26}$/, ids, none: '' })).toBe(id);
  });
});

describe('times', () => {
  it('show the time alone today, and the day and the minute before', () => {
    const noon = new Date(2026, 10, 23, 12, 0, 5).getTime();
    expect(moment(noon, noon + 1000)).toBe('12:00:05');
    expect(moment(noon, noon + 86_400_000)).toBe('2026-11-23 12:00');
    expect(when(noon)).toBe('2026-11-23 12:00:05');
  });

  it.each([
    ['90d', 7_776_000_000],
    ['12h', 43_200_000],
    ['30m', 1_800_000],
    ['5s', 5000],
  ])('%s is %d milliseconds', (text, ms) => {
    expect(parseSpan(text)).toBe(ms);
  });

  it.each(['', '5', 'm', '-5m', '5 m', '5w', '1e3s'])('%j is no span', (text) => {
    expect(() => parseSpan(text)).toThrow('is not a span');
  });
});
