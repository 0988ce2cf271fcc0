// Which patterns are understood, how, and what is said of the others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, PatternError, type PatternProblem } from '../index.ts';
import { foldCase } from './fold.ts';

const found = (pattern: string, text: string, ignoreCase = false): string[] => {
  const out: string[] = [];
  compile([{ patterns: [pattern], ignoreCase }]).scan(text, (_, __, start, end) => {
    out.push(text.slice(start, end));
    return true;
  });
  return out;
};

function problemOf(pattern: string): readonly [PatternProblem, number] | undefined {
  try {
    compile([{ patterns: ['fine'] }, { patterns: ['fine', pattern] }]);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    expect([error.group, error.index, error.pattern]).toEqual([1, 1, pattern]);
    return [error.problem, error.position];
  }
}

describe('syntax', () => {
  it.each([
    ['\\d+', 'a12 ٣4', ['12', '4']],
    ['\\s+', 'a \t\n\u00a0b', [' \t\n']],
    ['\\w+', 'añ_0', ['a', '_0']],
    ['[\\d-]+', '1-2 3', ['1-2', '3']],
    ['[]a]+', 'a]b', ['a]']],
    ['[^]a]+', 'a]b', ['b']],
    ['[a\\]b]+', 'a]b', ['a]b']],
    ['[[:upper:][:digit:]]+', 'aB3c', ['B3']],
    ['[[:^alpha:]]+', 'aB3!c', ['3!']],
    ['\\Qa.b*\\E+', 'a.b***', ['a.b***']],
    ['\\Q(?=x)', '(?=x)', ['(?=x)']],
    ['\\x41\\x{42}\\u0043\\u{44}\\t', 'ABCD\t', ['ABCD\t']],
    ['\\.\\*\\[\\/\\-', '.*[/-', ['.*[/-']],
    ['a{,2}', 'a{,2}', ['a{,2}']],
    ['a{2,3}', 'aaaaa', ['aaa', 'aa']],
    ['x.y', 'x\ny xzy', ['xzy']],
    ['(?s)x.y', 'x\ny', ['x\ny']],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['^a', 'aa', ['a']],
    ['a\\z', 'aa', ['a']],
    ['(?i)straSSe', 'STRAſſE', ['STRAſſE']],
    ['(?i:k)m', 'Km km KM', ['Km', 'km']],
    ['(?i)k(?-i)m', '\u212am', ['\u212am']],
    ['(?P<name>a)(?<other>b)(?:c)', 'abc', ['abc']],
    ['a+?b??', 'aab', ['aab']],
    ['\\p{Lu}\\pN+', 'É12 é3', ['É12']],
    ['\\p{Greek}+', 'abγδ', ['γδ']],
    ['\\P{L}+', 'a-1b', ['-1']],
    ['\\p{L}+', 'a\u{1D400}b', ['a\u{1D400}b']],
    ['[^\\n]', '\ud83d', ['\ud83d']],
    ['a||b', 'b', undefined],
  ])('%s in %j is %j', (pattern, text, wanted) => {
    if (wanted === undefined) expect(problemOf(pattern)).toEqual(['empty', 0]);
    else expect(found(pattern, text)).toEqual(wanted);
  });

  it.each<[string, PatternProblem, number]>([
    ['a(b', 'syntax', 1],
    ['ab)', 'syntax', 2],
    ['[ab', 'syntax', 0],
    ['x[b-a]', 'syntax', 1],
    ['*a', 'syntax', 0],
    ['a**', 'syntax', 3],
    ['a{2}{3}', 'syntax', 7],
    ['a\\', 'syntax', 1],
    ['\\q', 'syntax', 0],
    ['\\p{Nonsense}', 'syntax', 0],
    ['(?x)a', 'syntax', 0],
    ['a{3,2}', 'syntax', 1],
    ['(a)\\1', 'unsupported', 3],
    ['(?<n>a)\\k<n>', 'unsupported', 7],
    ['a(?=b)', 'unsupported', 1],
    ['a(?!b)', 'unsupported', 1],
    ['(?<=a)b', 'unsupported', 0],
    ['(?<!a)b', 'unsupported', 0],
    ['(?>a)b', 'unsupported', 0],
    ['', 'empty', 0],
    ['a*', 'empty', 0],
    ['\\b', 'empty', 0],
    ['^$', 'empty', 0],
    ['a{1001}', 'too-large', 1],
    ['(a{1,100}){1,100}', 'too-large', 0],
    ['(?:(?:){1000}){1000}a', 'too-large', 0],
    ['(?:abcdefghijklmnopqrstuvwxyz){500}', 'too-large', 0],
    [`${'('.repeat(300)}a${')'.repeat(300)}`, 'too-large', 200],
  ])('%s is refused as %s at %i', (pattern, problem, position) => {
    expect(problemOf(pattern)).toEqual([problem, position]);
  });

  it('says what is wrong in words', () => {
    expect(() => compile([{ patterns: ['a(?=b)'] }])).toThrow(
      'lookaround is not supported (at 1 of "a(?=b)")',
    );
  });

  it('folds case as the run time does where it ignores case by Unicode rules', () => {
    const casedPoint = fc.oneof(
      fc.integer({ min: 0x41, max: 0x2ff }),
      fc.integer({ min: 0x41, max: 0x1e943 }),
    );
    fc.assert(
      fc.property(casedPoint, casedPoint, (a, b) => {
        fc.pre((a < 0xd800 || a > 0xdfff) && (b < 0xd800 || b > 0xdfff));
        const set = foldCase([a, a]);
        const folded = (c: number): boolean =>
          set.some((lo, i) => i % 2 === 0 && lo <= c && c <= set[i + 1]!);
        const test = new RegExp(`^\\u{${a.toString(16)}}$`, 'iu');
        const neighbours = [b, a, a + 32, a - 32, a + 1, a - 1, 0x17f, 0x212a, 0x1e9e, 0xdf, 0x130, 0x131];
        for (const c of neighbours)
          expect([a, c, folded(c)]).toEqual([a, c, test.test(String.fromCodePoint(c))]);
      }),
    );
  });
});
