// What is called late and held back, on streams whose timing is known.
import { describe, expect, test } from 'vitest';
import { lateness } from './lateness.ts';
import { VisibleText } from './visible.ts';

const PIECES = [3, 4, 2];
const WRITTEN = [0, 20, 40];

function stream(...arrivals: readonly (readonly [at: number, content: string])[]): VisibleText {
  const text = new VisibleText();
  for (const [at, content] of arrivals) {
    text.push(Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`), at);
  }
  return text;
}

describe('lateness', () => {
  test('is nothing for a relay that holds nothing', () => {
    const text = stream([1, 'The'], [21, ' old'], [41, ' h']);
    expect(lateness(PIECES, WRITTEN, text)).toEqual({ lag: [1, 1, 1], tokensLate: [0, 0, 0], held: [0, 0] });
  });

  test('is one token for a relay that holds each word until the next begins', () => {
    const text = stream([21, 'The'], [41, ' old'], [42, ' h']);
    expect(lateness(PIECES, WRITTEN, text)).toEqual({
      lag: [21, 21, 2],
      tokensLate: [1, 1, 0],
      held: [3, 4],
    });
  });

  test('says nothing of what is held while the model server itself had fallen behind', () => {
    const text = stream([30, 'The'], [30, ' old'], [41, ' h']);
    expect(lateness(PIECES, [25, 26, 40], text).held).toEqual([0]);
  });

  test('leaves out what never became visible', () => {
    expect(lateness(PIECES, WRITTEN, stream([1, 'The'])).lag).toEqual([1]);
  });
});

describe('visible text', () => {
  test('counts decoded characters, whatever the cut of the bytes', () => {
    const bytes = Buffer.from(
      'data: {"delta":{"content":"a\\"b\\u0041\\n"}}\n\ndata: {"delta":{"content":""}}\n\n',
    );
    for (let cut = 0; cut <= bytes.length; cut++) {
      const text = new VisibleText();
      text.push(bytes.subarray(0, cut), 1);
      text.push(bytes.subarray(cut), 2);
      expect(text.total).toBe(5);
    }
  });
});
