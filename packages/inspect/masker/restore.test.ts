// Stand-ins turned back into their values: whole, opaque to detectors, never inside a URL, whatever the chunks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { detector, everyCut, feed, treatment } from '../testing/lanes.ts';

const MAIL = '[mail:7f3a]';
const CARD = '[mail:7f3a-card]';
const restore = new Map([
  [MAIL, 'ann@acme.com'],
  [CARD, '4111 "x"'],
]);

const engine = compileEngine({
  direction: 'response',
  detectors: [
    detector('mail', '\\w+@\\w+\\.com'),
    detector('bracket', '\\[\\w+'),
    detector('assign', 'pass=\\S+', { trim: ({ text }) => [5, text.length] }),
    detector('said', 'say .{0,40}!'),
  ],
});

const rows: readonly (readonly [name: string, text: string, out: string])[] = [
  ['alone', MAIL, 'ann@acme.com'],
  ['in a sentence', `Write to ${MAIL}.`, 'Write to ann@acme.com.'],
  ['one that begins like another, the longest taken', `${CARD}${MAIL}`, '4111 "x"ann@acme.com'],
  ['one cut short, which stays as it is', `a ${MAIL.slice(0, -1)}`, 'a [REDACTED:bracket]:7f3a'],
  ['one cut short within a longer', `${CARD.slice(0, -1)}]`, '4111 "x"'],
  ['not inside a URL', `see https://x.io/?q=${MAIL} ${MAIL}`, `see https://x.io/?q=${MAIL} ann@acme.com`],
  ['not inside an escaped URL', `https:\\/\\/x.io\\/${MAIL}`, `https:\\/\\/x.io\\/${MAIL}`],
  ['not without a scheme', `<img src="//x.io/${MAIL}">`, `<img src="//x.io/${MAIL}">`],
  ['not inside a link target', `[ a](/p?${MAIL}) ${MAIL}`, `[ a](/p?${MAIL}) ann@acme.com`],
  ['not twice in a URL', `http://x/${MAIL}/${MAIL}`, `http://x/${MAIL}/${MAIL}`],
  ['masked along with what it stands in', `say ${MAIL}!`, '[REDACTED:said]'],
  ['not masked when a detector finds nothing else', `pass=${MAIL} x`, 'pass=ann@acme.com x'],
  ['masked whole when a span reaches into it', `pass=a${MAIL} x`, 'pass=[REDACTED:assign] x'],
];

describe('a stand-in is restored', () => {
  it.each(rows)('%s', (_name, text, out) => {
    for (const chunks of everyCut(text)) expect(feed(engine, chunks, { restore }).out).toBe(out);
  });

  it('escaped inside JSON source, and quoted outside a string', () => {
    const source = `{"a":"${CARD}","b":${CARD}}`;
    for (const chunks of everyCut(source))
      expect(feed(engine, chunks, { restore, format: 'json' }).out).toBe(
        '{"a":"4111 \\"x\\"","b":"4111 \\"x\\""}',
      );
  });

  it('and counts as an edit, so that log probabilities of it are dropped', () => {
    expect(feed(engine, [`a ${MAIL} b`], { restore }).edits).toBe(1);
    expect(feed(engine, [`http://a/${MAIL}`], { restore }).edits).toBe(0);
  });

  it('with nothing held once it cannot be one any more', () => {
    const { held } = feed(engine, `xx [mail no`.split(''), { restore, treat: () => treatment('flag') });
    expect(held).toEqual([1, 2, 0, 1, 2, 3, 4, 5, 0, 1, 2]);
  });

  it('the same for every way of cutting, and safely at every moment', () => {
    const piece = fc.constantFrom(
      MAIL,
      CARD,
      '[mail',
      ':7f3a',
      ']',
      'a ',
      '//',
      '](',
      ')',
      ' ',
      'say ',
      '!',
      'pass=',
      'bob@b.com',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(piece, { maxLength: 3 }), (pieces, other) => {
        const text = pieces.join('');
        const options = {
          treat: () => treatment('mask'),
          keyed: { hash: () => '', token: () => '' },
          restore,
        };
        const whole = engine.transform(text, options).output;
        const going = engine.transform(text + other.join(''), options).output;
        for (const chunks of [text.split(''), pieces]) {
          const lane = engine.lane({ ...options, onFinding: () => undefined });
          let out = '';
          for (const chunk of chunks) {
            out += lane.push(chunk);
            expect(whole.startsWith(out)).toBe(true);
          }
          expect(going.startsWith(out)).toBe(true);
          expect(out + lane.end()).toBe(whole);
        }
      }),
      { numRuns: 120 },
    );
  });
});
