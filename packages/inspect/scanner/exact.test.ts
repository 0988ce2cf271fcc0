// Values known beforehand, found in whatever disguise the views undo.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { everyCut, feed } from '../testing/lanes.ts';
import { MIN_EXACT } from './exact.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64');
const engineFor = (value: string) =>
  compileEngine({ direction: 'response', detectors: [], exact: [{ kind: 'canary.key', value }] });

const VALUE = 'Hunter2-Secret';
const engine = engineFor(VALUE);
const MARK = '[REDACTED:canary.key]';

describe('an exact value is found', () => {
  it.each([
    ['as it stands', `a ${VALUE} b`, `a ${MARK} b`],
    ['inside a word', `xx${VALUE}yy`, `xx${MARK}yy`],
    ['split by invisible characters', 'a Hun\u200bter2\u00ad-Secret b', `a ${MARK} b`],
    ['in full-width letters', 'a Ｈｕｎｔｅｒ２－Ｓｅｃｒｅｔ b', `a ${MARK} b`],
    ['in look-alikes', 'a Huntеr2-Sеcrеt b', `a ${MARK} b`],
    [
      'in tag characters',
      `a ${[...VALUE].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')} b`,
      `a ${MARK} b`,
    ],
    ['in escapes', 'a \\u0048unter2\\x2dSecret b', `a ${MARK} b`],
    ['in base64', `a ${encode(VALUE)} b`, `a ${MARK} b`],
    ['in base64url', `a ${Buffer.from(`${VALUE}??>>`).toString('base64url')} b`, `a ${MARK}_Pz4- b`],
    ['with digits and signs for letters', 'a Hun7er2-5ecr3t b', `a ${MARK} b`],
    ['in rot13', 'a Uhagre2-Frperg b', `a ${MARK} b`],
    [
      'from the end, if it is long enough to be read so',
      `a ${[...VALUE, 'x1'].reverse().join('')} b`,
      `a ${MARK} b`,
    ],
    ['spelled out', `a: ${[...VALUE].join(' ')}.`, `a: ${MARK}.`],
    ['in hexadecimal', `a ${Buffer.from(VALUE).toString('hex')} b`, `a ${MARK} b`],
    ['in percent-encoding', `a ${VALUE.replaceAll('e', '%65')} b`, `a ${MARK} b`],
    ['put together from literals', 'a "Hunter" + "2-Secret" b', `a "${MARK}" b`],
    ['not in another case', `a ${VALUE.toLowerCase()} b`, `a ${VALUE.toLowerCase()} b`],
  ])('%s', (_name, text, out) => {
    for (const chunks of everyCut(text)) expect(feed(engine, chunks).out).toBe(out);
  });

  it('in base64 at every alignment, and twice encoded, with no character left that holds one of its bits', () => {
    const value = fc
      .string({ unit: 'binary', minLength: MIN_EXACT, maxLength: 20 })
      .filter((v) => v.isWellFormed());
    fc.assert(
      fc.property(
        value,
        fc.string({ maxLength: 5 }),
        fc.string({ maxLength: 5 }),
        (secret, before, after) => {
          const text = encode(before + secret + after);
          const { out } = feed(engineFor(secret), [text]);
          const bytes = Buffer.byteLength(before);
          const first = Math.floor((bytes * 8) / 6);
          const last = Math.ceil(((bytes + Buffer.byteLength(secret)) * 8) / 6);
          expect(out.indexOf(MARK)).toBeGreaterThanOrEqual(0);
          expect(out.indexOf(MARK)).toBeLessThanOrEqual(first);
          expect(out.length - out.indexOf(MARK) - MARK.length).toBeLessThanOrEqual(text.length - last);
        },
      ),
      { numRuns: 60 },
    );
    expect(feed(engine, [encode(encode(`key ${VALUE}!`))]).out).toContain(MARK);
  });

  it('unless it is too short to tell anything', () => {
    expect(feed(engineFor('1234567'), ['1234567']).out).toBe('1234567');
  });
});
