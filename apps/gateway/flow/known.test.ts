// Conversations are recognised by their bytes, for one scope alone.
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Known, WORTH_RECOGNISING } from './known.ts';

const key = createSecretKey(Buffer.alloc(32, 3));
const NOTHING: ReadonlySet<number> = new Set();

/** A body of these messages, and the offsets after each. */
function body(messages: readonly string[]): { bytes: Buffer; ends: number[] } {
  let text = '{"messages":[';
  const ends: number[] = [];
  for (const message of messages) {
    text += `${ends.length > 0 ? ',' : ''}"${message}"`;
    ends.push(Buffer.byteLength(text));
  }
  return { bytes: Buffer.from(`${text}]}`), ends };
}

const SOME = ['one', 'two', 'three', 'four', 'five', 'six'];

function remembering(
  messages: readonly string[],
  found: ReadonlySet<number> = NOTHING,
  scope = 'ada',
): Known {
  const known = new Known(key);
  const { bytes, ends } = body(messages);
  known.remember(scope, bytes, ends, found);
  return known;
}

const recalled = (known: Known, messages: readonly string[], scope = 'ada') => {
  const { bytes, ends } = body(messages);
  return known.recall(scope, bytes, ends);
};

describe('a conversation', () => {
  it.each([1, 2, 3])('is recognised when it has grown by %i', (more) => {
    const grown = [...SOME, ...['x', 'y', 'z'].slice(0, more)];
    expect(recalled(remembering(SOME), grown).messages).toBe(SOME.length);
  });

  it('is recognised but for its last message when that is asked anew, in other words or the same', () => {
    expect(recalled(remembering(SOME), [...SOME.slice(0, -1), 'anew']).messages).toBe(SOME.length - 1);
    expect(recalled(remembering(SOME), SOME).messages).toBe(SOME.length - 1);
  });

  it('is new when it has grown by more, or is short', () => {
    expect(recalled(remembering(SOME), [...SOME, 'w', 'x', 'y', 'z']).messages).toBe(0);
    const short = SOME.slice(0, WORTH_RECOGNISING - 2);
    expect(recalled(remembering(short), [...short, 'x']).messages).toBe(0);
  });

  it('is new to another caller or policy', () => {
    expect(recalled(remembering(SOME), [...SOME, 'x'], 'bob').messages).toBe(0);
    // Nor can what stands between the scope and the body be moved.
    const [first, ...rest] = SOME;
    expect(recalled(remembering(SOME, NOTHING, 'ada{'), [first!, ...rest, 'x'], 'ada').messages).toBe(0);
  });

  it('remembers in which messages something was found', () => {
    const found = new Set([1, 4]);
    expect(recalled(remembering(SOME, found), [...SOME, 'x']).found).toEqual(found);
  });

  it('is new as soon as any character of it is another', () => {
    const message = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(message, { minLength: WORTH_RECOGNISING, maxLength: 8 }),
        fc.array(message, { minLength: 1, maxLength: 12 }),
        (before, now) => {
          const { messages } = recalled(remembering(before), now);
          const grown = now.length - before.length;
          const isPrefix = before.every((text, i) => text === now[i]);
          expect(messages).toBe(isPrefix && grown >= 1 && grown <= 3 ? before.length : 0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is forgotten when many others came after it, unless it goes on', () => {
    const known = remembering(SOME);
    const goingOn = [...SOME.slice(0, -1), 'other'];
    const { bytes, ends } = body(goingOn);
    known.remember('ada', bytes, ends, NOTHING);
    // Each leaves two entries: itself, and itself without its last message.
    for (let i = 0; i < 10_001; i++) {
      const other = body([`${i}`, 'b', 'c', 'd']);
      known.remember('ada', other.bytes, other.ends, NOTHING);
      if (i === 5_000) expect(recalled(known, [...goingOn, 'x']).messages).toBe(goingOn.length);
    }
    expect(recalled(known, [...SOME, 'x']).messages).toBe(0);
    expect(recalled(known, [...goingOn, 'x']).messages).toBe(goingOn.length);
  });
});
