// Lanes whose text is JSON source, or one number: what was valid stays valid, and escapes are never split.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { detectors, treatments } from '../testing/arbitraries.ts';
import { detector, everyCut, feed, keyed, treatment } from '../testing/lanes.ts';

const engine = compileEngine({
  direction: 'response',
  detectors: [
    detector('word', 'SECRET\\w*'),
    detector('card', '\\d{6,}', { family: 'digits' }),
    detector('pair', '"pass":\\s*"[^"]*"'),
    detector('quoted', "it's"),
    detector('tail', 'zz\\\\?'),
    detector('key', '-BEGIN-', { region: { body: '[a-z\\s]', closer: '-END-', max: 60 } }),
  ],
});

const rows: readonly (readonly [name: string, source: string, masked: string])[] = [
  ['a value in a string', '{"a":"my SECRET1 here"}', '{"a":"my [REDACTED:word] here"}'],
  ['a whole string', '["SECRET"]', '["[REDACTED:word]"]'],
  ['a number, which becomes a string', '{"n":123456,"m":1}', '{"n":"[REDACTED:card]","m":1}'],
  ['part of a number takes the whole of it', '[-1234567.5e3]', '["[REDACTED:card]"]'],
  ['a number at the very end', '1234567', '"[REDACTED:card]"'],
  ['an escaped value', '{"a":"\\u0053ECRET"}', '{"a":"[REDACTED:word]"}'],
  ['a value right after an escape', '{"a":"\\nSECRET\\n"}', '{"a":"\\n[REDACTED:word]\\n"}'],
  ['a span that ends in the middle of an escape', '{"a":"zz\\"b"}', '{"a":"[REDACTED:tail]b"}'],
  [
    'a span over quotes leaves the structure',
    '{"pass": "hunter2","b":1}',
    '{"[REDACTED:pair]": "[REDACTED:pair]","b":1}',
  ],
  ['a key', '{"SECRETKEY":true}', '{"[REDACTED:word]":true}'],
  ['JSON in JSON', '{"a":"{\\"b\\":\\"SECRET\\"}"}', '{"a":"{\\"b\\":\\"[REDACTED:word]\\"}"}'],
  ['a long region with escaped line ends', '{"a":"-BEGIN-\\nabc\\n-END- x"}', '{"a":"[REDACTED:key] x"}'],
  ['what is not JSON passes as it can', 'oops SECRET "x', 'oops "[REDACTED:word]" "x'],
];

describe('a lane of JSON source', () => {
  it.each(rows)('masks %s', (_name, source, masked) => {
    for (const chunks of everyCut(source)) expect(feed(engine, chunks, { format: 'json' }).out).toBe(masked);
  });

  it('escapes what stands for a value', () => {
    const token = { ...keyed, token: () => 'a"b\\c' };
    const options = { format: 'json', keyed: token, treat: () => treatment('tokenize') } as const;
    expect(feed(engine, ['{"a":"SECRET"}'], options).out).toBe('{"a":"a\\"b\\\\c"}');
    expect(feed(engine, ['[123456]'], options).out).toBe('["a\\"b\\\\c"]');
  });

  it('makes the stand-in from what the string says, not from its escapes', () => {
    const seen: string[] = [];
    const token = {
      ...keyed,
      token: (_kind: string, value: string) => {
        seen.push(value);
        return '<t>';
      },
    };
    feed(engine, ['{"a":"\\u0053ECRET"}'], {
      format: 'json',
      keyed: token,
      treat: () => treatment('tokenize'),
    });
    expect(seen).toEqual(['SECRET']);
  });

  it('leaves an empty string where a value outside a string is stripped', () => {
    expect(feed(engine, ['[123456]'], { format: 'json', treat: () => treatment('strip') }).out).toBe('[""]');
  });

  it('keeps any valid JSON valid, whatever is found in it and however it is cut', () => {
    const leaf = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', 'b', '1', 'X', '@', '"', '\\', '\n', 'é', '\u200b'),
        maxLength: 8,
      }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b1', 'X@'), leaf),
    );
    fc.assert(
      fc.property(
        detectors,
        treatments,
        value,
        fc.nat({ max: 2 }),
        fc.nat(),
        (found, table, json, indent, place) => {
          const source = JSON.stringify(json, null, indent);
          const engine = compileEngine({ direction: 'prompt', detectors: found });
          const treat = ({ kind }: { kind: string }) => table[Number(kind.slice(5))]!;
          const whole = engine.transform(source, { treat, keyed, format: 'json' }).output;
          expect(() => JSON.parse(whole)).not.toThrow();
          const at = place % (source.length + 1);
          for (const chunks of [source.split(''), [source.slice(0, at), source.slice(at)]])
            expect(feed(engine, chunks, { treat, format: 'json' }).out).toBe(whole);
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('a lane of one number', () => {
  it.each([
    ['123456', '0'],
    ['123456.75', '0'],
    ['12', '12'],
    ['-1.5e10', '-1.5e10'],
  ])('turns %s into %s', (lexeme, written) => {
    for (const chunks of everyCut(lexeme))
      expect(feed(engine, chunks, { format: 'number' }).out).toBe(written);
  });
});
