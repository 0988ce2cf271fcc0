// Edits change their tokens and nothing else, and the result is JSON whatever the new text is.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from './canonical.ts';
import { removeElements, replaceNode, splice } from './rewrite.ts';
import { scan } from './scan.ts';
import * as T from './tape.ts';

const read = (text: string): T.Tape => {
  const tape = new T.Tape();
  const bytes = Buffer.from(text);
  scan(tape, bytes, 0, bytes.length, { strict: false });
  return tape;
};

const spliced = (tape: T.Tape, edits: Parameters<typeof splice>[3]): string =>
  splice(tape.bytes, 0, tape.bytes.length, edits).toString('utf8');

test('any text, half surrogate pairs included, comes back from the token that it was put into', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', '"', '\\', '\u0000') }),
      (a, b) => {
        const tape = read('{"a": "x" ,"b":["y",12]}');
        const [x, y] = [tape.member(0, 'a'), tape.elements(tape.member(0, 'b'))[0]!];
        const out = spliced(tape, [replaceNode(tape, y, b), replaceNode(tape, x, a)]);
        expect(JSON.parse(out)).toEqual({ a, b: [b, 12] });
        expect(Buffer.from(out).toString('utf8')).toBe(out);
        expect(out.startsWith('{"a": ')).toBe(true);
      },
    ),
  );
});

test('a number stays one when its new text reads as one, and becomes a string otherwise', () => {
  const tape = read('[4155550132]');
  const node = T.ROW;
  expect(spliced(tape, [replaceNode(tape, node, '-1.5e3')])).toBe('[-1.5e3]');
  for (const text of ['[MASKED]', '', '01', '1.', '+1', 'NaN', ' 1'])
    expect(JSON.parse(spliced(tape, [replaceNode(tape, node, text)]))).toEqual([text]);
});

test('removing any elements of an array leaves the others as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('1', '"a,]"', '{"x":[1,2]}', '[ ]', 'null'), fc.boolean()), {
        maxLength: 8,
      }),
      (items) => {
        const tape = read(`{"k":[ ${items.map(([text]) => text).join(' , ')} ],"z":0}`);
        const array = tape.member(0, 'k');
        const out = spliced(
          tape,
          removeElements(tape, array, (at) => items[at]![1]),
        );
        expect(JSON.parse(out)).toEqual({
          k: items.filter(([, drop]) => !drop).map(([text]) => JSON.parse(text) as unknown),
          z: 0,
        });
      },
    ),
  );
});

test('an edit inside a removed element is void', () => {
  const tape = read('[["a"],["b"]]');
  const inner = tape.elements(tape.elements(0)[0]!)[0]!;
  const edits = [replaceNode(tape, inner, 'new'), ...removeElements(tape, 0, (at) => at === 0)];
  expect(spliced(tape, edits)).toBe('[["b"]]');
});

test('the canonical form has sorted members, no white space, one spelling of strings, and the numbers as sent', () => {
  const tape = read(
    '{ "b" : [1.0, 1e2, "\\u0061\\/"], "a\\u0062":null, "\\ud83d\\ude00":true, "é":{} , "drop":1}',
  );
  expect(canonical(tape, new Set(['drop', 'b2']))).toBe('{"ab":null,"b":[1.0,1e2,"a/"],"é":{},"😀":true}');
});
