// The scanner agrees with JSON.parse, or refuses; what it refuses on purpose is listed here.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../malformed.ts';
import { MAX_DEPTH, scan } from './scan.ts';
import * as T from './tape.ts';

const read = (text: string | Buffer, strict = true): T.Tape => {
  const bytes = Buffer.from(text);
  const tape = new T.Tape();
  // Surrounded by bytes that must not be looked at.
  const padded = Buffer.concat([Buffer.from('"'), bytes, Buffer.from('"]}')]);
  scan(tape, padded, 1, 1 + bytes.length, { strict });
  return tape;
};

const refusal = (text: string | Buffer, strict = true): string | undefined => {
  try {
    read(text, strict);
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return error.detail;
    throw error;
  }
};

/** The value that a tape describes, read from its rows alone. */
function readValue(tape: T.Tape, node = 0): unknown {
  switch (tape.kind(node)) {
    case T.OBJECT: {
      const object: Record<string, unknown> = {};
      const end = tape.next(node);
      for (let key = node + T.ROW; key < end; key = tape.next(key + T.ROW)) {
        expect(tape.key(key + T.ROW)).toBe(key);
        expect(tape.parent(key)).toBe(node);
        Object.defineProperty(object, tape.text(key), {
          value: readValue(tape, key + T.ROW),
          enumerable: true,
        });
      }
      return object;
    }
    case T.ARRAY:
      return tape.elements(node).map((element, at) => {
        expect(tape.position(element)).toBe(at);
        expect(tape.parent(element)).toBe(node);
        return readValue(tape, element);
      });
    case T.STRING:
      return tape.text(node);
    case T.NUMBER:
      return Number(tape.text(node));
    case T.TRUE:
      return true;
    case T.FALSE:
      return false;
    default:
      return null;
  }
}

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return undefined;
  }
};

const well = fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed());
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      well,
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(well, tie('value'), { maxKeys: 20, noNullPrototype: true }),
  ),
})).value;

/** One of many ways to write a JSON text: spaces and escapes vary. */
function write(value: unknown, spell: (char: string) => string, space: string): string {
  if (typeof value === 'string')
    return `"${[
      ...JSON.stringify(value)
        .slice(1, -1)
        .matchAll(/\\u....|\\.|./gsu),
    ]
      .map(([part]) => (part.length === 1 ? spell(part) : part))
      .join('')}"`;
  if (Array.isArray(value))
    return `[${value.map((item) => space + write(item, spell, space)).join(`${space},`)}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${space}${write(key, spell, space)}:${space}${write(item, spell, space)}`)
      .join(',')}${space}}`;
  return JSON.stringify(value) + space;
}

describe('what the scanner reads', () => {
  test('is what JSON.parse reads, in any spelling', () => {
    fc.assert(
      fc.property(value, fc.boolean(), fc.constantFrom('', ' ', '\n\t\r '), (json, escaped, space) => {
        const spell = (char: string) =>
          escaped && char.length === 1 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char;
        const text = write(json, spell, space);
        expect(readValue(read(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 400 },
    );
  });

  test('keeps tokens where they stand, so that the bytes can be put together again', () => {
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify(json);
        const tape = read(text);
        for (let node = 0; node < tape.size; node += T.ROW) {
          const token = tape.bytes.toString('utf8', tape.tokenStart(node), tape.tokenEnd(node));
          if (tape.kind(node) !== T.KEY) expect(JSON.parse(token)).toEqual(readValue(tape, node));
          else expect(JSON.parse(token)).toBe(tape.text(node));
        }
      }),
    );
  });

  test('keeps number lexemes', () => {
    for (const lexeme of ['-0', '1.0', '1e400', '12345678901234567890', '0.1E-7', '1e+2'])
      expect(read(`[${lexeme}]`).text(T.ROW)).toBe(lexeme);
  });

  test('after any change of bytes is what JSON.parse reads, or nothing', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        value,
        fc.array(
          fc.tuple(
            fc.nat(400),
            fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('"\\{}[]:,0-1eE. \nntfu'))),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        (json, changes) => {
          const bytes = Buffer.from(JSON.stringify(json));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const text = bytes.toString('utf8');
          if (refusal(bytes) !== undefined) return;
          accepted++;
          expect(Buffer.from(text).equals(bytes)).toBe(true);
          expect(readValue(read(bytes))).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  test('is whole: no proper prefix of an object is accepted, nor anything after one', () => {
    const text = '{"a":[1,-2.5e3,"x\\u00e9\\n",true,null],"b":{"c":"é😀"}}';
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end++)
      expect(refusal(bytes.subarray(0, end)), `${end}`).toBeDefined();
    expect(refusal(`${text} \n`)).toBeUndefined();
    for (const more of ['x', '{}', ',', '\u0000', '"'])
      expect(refusal(text + more)).toBe('data follows the JSON text');
  });

  test('agrees with JSON.parse on every short text', () => {
    const alphabet = [
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '0',
      '1',
      '-',
      '.',
      'e',
      '+',
      ' ',
      'u',
      'true',
      'null',
      'a',
    ];
    const build = (length: number, text: string): void => {
      const parsed = parse(text);
      const detail = refusal(text);
      if (
        (parsed === undefined) !== (detail !== undefined) &&
        detail !== 'an object holds the same key twice'
      )
        expect.fail(`${text}: ${detail}`);
      if (length > 0) for (const part of alphabet) build(length - 1, text + part);
    };
    build(3, '');
  });
});

describe('what the scanner refuses although others read it', () => {
  test.each([
    ['{"a":1,"a":2}', 'an object holds the same key twice'],
    ['{"a":1,"\\u0061":2}', 'an object holds the same key twice'],
    ['{"\\u0061":1,"b":0,"a":2}', 'an object holds the same key twice'],
    ['{"é":1,"\\u00e9":2}', 'an object holds the same key twice'],
    ['\ufeff{}', 'the body starts with a byte-order mark'],
    ['"\\ud800"', 'a JSON string holds half a surrogate pair'],
    ['"\\ud800\\u0041"', 'a JSON string holds half a surrogate pair'],
    ['"\\udc00\\ud800"', 'a JSON string holds half a surrogate pair'],
    ['{"\\ud83d":1}', 'a JSON string holds half a surrogate pair'],
  ])('%s', (text, detail) => {
    expect(refusal(text)).toBe(detail);
  });

  test('a key twice among many, at any two places, and in a nested object only there', () => {
    for (const count of [2, 11, 12, 13, 40]) {
      for (const [first, second] of [
        [0, count - 1],
        [0, 1],
        [count - 2, count - 1],
      ] as const) {
        const keys = Array.from({ length: count }, (_, at) => `"k${at === second ? first : at}":{"k0":1}`);
        expect(refusal(`{${keys.join()}}`)).toBe(
          first === second ? undefined : 'an object holds the same key twice',
        );
      }
      expect(
        refusal(`{${Array.from({ length: count }, (_, at) => `"k${at}":{"k0":1}`).join()}}`),
      ).toBeUndefined();
    }
  });

  test('keys whose hashes meet are different keys all the same', () => {
    // 'Aa' and 'BB' have the same polynomial hash.
    expect(refusal('{"Aa":1,"BB":2}')).toBeUndefined();
    expect(refusal('{"Aa":1,"BB":2,"Aa":3}')).toBeDefined();
  });

  test('nesting beyond the limit', () => {
    expect(refusal('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).toBeUndefined();
    expect(refusal('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1))).toContain('nested');
    expect(refusal('{"a":'.repeat(5000))).toContain('nested');
  });

  test.each([
    [[0xc0, 0xaf]],
    [[0xe0, 0x80, 0xaf]],
    [[0xed, 0xa0, 0x80]],
    [[0xf0, 0x80, 0x80, 0xaf]],
    [[0xf4, 0x90, 0x80, 0x80]],
    [[0xf8, 0x88, 0x80, 0x80, 0x80]],
    [[0x80]],
    [[0xc3]],
    [[0xe2, 0x82]],
    [[0xf0, 0x9f, 0x98]],
    [[0xff]],
  ])('bytes %j are not UTF-8', (bytes) => {
    expect(refusal(Buffer.from([0x22, ...bytes, 0x22]))).toBe('the body is not valid UTF-8');
    expect(refusal(Buffer.from([0x22, ...bytes]))).toBeDefined();
  });

  test('in answers half a pair is read, since the other half may come in the next frame', () => {
    expect(read('"\\ud83d"', false).text(0)).toBe('\ud83d');
    expect(read('"\\ud83d\\ude00"').text(0)).toBe('😀');
  });

  test('a refusal never quotes the input', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 30 }), (text) => {
        const detail = refusal(text);
        if (detail !== undefined) expect(detail).not.toContain(text.trim());
      }),
    );
  });
});

test('arbitrary bytes never do anything but scan or be refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void refusal(Buffer.from(bytes))),
    { numRuns: 2000 },
  );
});
