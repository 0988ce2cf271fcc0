// Readings that part from what they read and come back to it: nothing is lost on the way.
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { detector, everyCut, feed } from '../testing/lanes.ts';

const engine = compileEngine({
  direction: 'response',
  detectors: [
    detector('near', '\\d{6}', { check: ({ left }) => (left.includes('pass') ? 1 : false) }),
    detector('far', 'START[a-z ]*END', { maxLength: 2000 }),
    detector('word', 'hunter2secret'),
  ],
});
const encode = (text: string): string => Buffer.from(text).toString('base64');
const filler = (units: number): string => 'and so it goes on '.repeat(30).slice(0, units);

const rows: readonly (readonly [name: string, text: string, views: readonly string[]])[] = [
  ['what a check looks at on the left, while it is near', `p\u0430ss ${filler(60)} 123456 `, ['folded']],
  [
    'what it changed again while it was apart',
    `\u0430 ${filler(180)} p\u0430ss ${filler(83)} 123456 `,
    ['folded'],
  ],
  ['nothing on the left, once it is far', `p\u0430ss ${filler(200)} 123456 `, []],
  ['a match that began long before the reading parted', `START ${filler(500)} \u0430nd END`, ['folded']],
  ['a match that began long ago in a reading that is apart', `STA\u200bRT ${filler(900)} END`, ['folded']],
  ['a value after it came back and parted again', `\u0430 ${filler(700)} hunter2\u200bsecret`, ['folded']],
  ['two changes of different views in one value', `x hun\u200bter2\\u0073ecret`, ['folded>json']],
  [
    'a decoded run that goes on over lines and an escape',
    encode('a text before it and hunter2secret and after it')
      .replace(/(.{32})/, '$1\n')
      .replace('Y3J', '\\u00593J'),
    ['json>base64'],
  ],
];

describe('a reading keeps', () => {
  it.each(rows)('%s', (_name, text, views) => {
    for (const chunks of [...everyCut(text)].filter((_, i) => i < 2 || i % 9 === 0))
      expect(feed(engine, chunks).findings.map(({ view }) => view)).toEqual(views);
  });
});
