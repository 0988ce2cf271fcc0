// Random changes to a YAML text: the kinds of slip that people and editors make, and worse.
import fc from 'fast-check';

export type Harm = (text: string) => string;

const NASTY = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '\n',
  '  ',
  '\t',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '!!x ',
  '<<: ',
  '? ',
  '| ',
  '---\n',
  '\0',
  '\ud800',
  '\u2028',
  '\ufeff',
  'null',
  '~',
  '1e999',
  '__proto__: {}',
  'constructor: x',
  '$' + '{X}',
  '99999999999999999999',
  '[[[[',
  '{a: {a: {a',
];

const at = fc.nat(10_000);

export const harm: fc.Arbitrary<Harm> = fc.oneof(
  fc.tuple(at, fc.constantFrom(...NASTY)).map(
    ([where, what]): Harm =>
      (text) =>
        cut(text, where, 0, what),
  ),
  fc.tuple(at, fc.nat(40)).map(
    ([where, length]): Harm =>
      (text) =>
        cut(text, where, length, ''),
  ),
  fc.tuple(at, fc.nat(20), fc.string({ unit: 'binary', maxLength: 6 })).map(
    ([where, length, what]): Harm =>
      (text) =>
        cut(text, where, length, what),
  ),
  fc.tuple(at, at, fc.nat(80)).map(
    ([from, to, length]): Harm =>
      (text) =>
        cut(text, to, 0, text.slice(from % (text.length + 1)).slice(0, length)),
  ),
  at.map(
    (line): Harm =>
      (text) => {
        const lines = text.split('\n');
        lines.splice(line % lines.length, 1);
        return lines.join('\n');
      },
  ),
);

function cut(text: string, where: number, length: number, by: string): string {
  const from = where % (text.length + 1);
  return text.slice(0, from) + by + text.slice(from + length);
}
