// Random patterns for the tests: trees of their own, written down in this package's syntax and in that of RegExp.
// Shares nothing with the package.
import fc from 'fast-check';

export type Tree =
  | { readonly kind: 'set'; readonly ours: string; readonly js: string }
  | { readonly kind: 'assert'; readonly ours: string; readonly js: string; readonly name: AssertName }
  | { readonly kind: 'cat'; readonly a: Tree; readonly b: Tree }
  | { readonly kind: 'alt'; readonly a: Tree; readonly b: Tree }
  | {
      readonly kind: 'rep';
      readonly a: Tree;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

export type AssertName = 'A' | 'z' | 'mstart' | 'mend' | 'b' | 'B';

/** Units of the random texts: word units, others, a line feed, both cases, one that is not ASCII. */
export const TEXT_UNITS = ['a', 'b', 'A', '0', '_', ' ', '-', '\n', 'é'];

const set = (ours: string, js = ours): Tree => ({ kind: 'set', ours, js });
const assert = (name: AssertName, ours: string, js: string): Tree => ({ kind: 'assert', ours, js, name });

const sets: readonly Tree[] = [
  set('a'),
  set('b'),
  set('0'),
  set('-'),
  set(' '),
  set('\\n'),
  set('_'),
  set('[ab]'),
  set('[^a]'),
  set('[a-c0]'),
  set('[^\\s\\S]'),
  set('\\w'),
  set('\\W'),
  set('\\d'),
  set('[^\\d-]'),
  set('.', '[^\\n]'),
  set('(?s:.)', '[\\s\\S]'),
  set('(?i:a)', '[aA]'),
  set('(?i)b(?-i:)', '[bB]'),
  set('é'),
];

const asserts: readonly Tree[] = [
  assert('b', '\\b', '\\b'),
  assert('B', '\\B', '\\B'),
  assert('A', '^', '(?<![\\s\\S])'),
  assert('A', '\\A', '(?<![\\s\\S])'),
  assert('z', '$', '(?![\\s\\S])'),
  assert('z', '\\z', '(?![\\s\\S])'),
  assert('mstart', '(?m:^)', '(?<![^\\n])'),
  assert('mend', '(?m:$)', '(?![^\\n])'),
];

const bounds = fc.constantFrom(
  [0, Number.POSITIVE_INFINITY],
  [1, Number.POSITIVE_INFINITY],
  [0, 1],
  [2, 2],
  [1, 3],
  [0, 2],
  [2, Number.POSITIVE_INFINITY],
) as fc.Arbitrary<[number, number]>;

/** Trees of limited depth; about one leaf in seven is an assertion. */
export function tree(depth: number): fc.Arbitrary<Tree> {
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...sets) },
    { weight: 1, arbitrary: fc.constantFrom(...asserts) },
  );
  if (depth === 0) return leaf;
  const inner = tree(depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('cat' as const), a: inner, b: inner }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('alt' as const), a: inner, b: inner }) },
    {
      weight: 2,
      arbitrary: fc.tuple(inner, bounds, fc.boolean()).map(([a, [min, max], lazy]): Tree => {
        return { kind: 'rep', a, min, max, lazy };
      }),
    },
  );
}

const cat = (...items: readonly Tree[]): Tree => items.reduceRight((b, a) => ({ kind: 'cat', a, b }));

/** Trees with a narrow beginning and a gap through which anything runs: they are cut at the gap in the automaton. */
export function gapped(depth: number): fc.Arbitrary<Tree> {
  const narrow = fc.constantFrom(set('a'), set('b'), set('[ab]'), set('(?i:a)', '[aA]'), set(' '));
  const edge = fc.constantFrom(...asserts, set('a'));
  const gap = fc
    .tuple(
      fc.constantFrom(set('.', '[^\\n]'), set('[^a]'), set('(?s:.)', '[\\s\\S]')),
      fc.constantFrom([0, 8], [1, 12]),
    )
    .map(([a, [min, max]]): Tree => ({ kind: 'rep', a, min: min!, max: max!, lazy: false }));
  const opened = fc.tuple(narrow, narrow, narrow, gap, tree(depth)).map((items) => cat(...items));
  const edged = fc.tuple(edge, narrow, narrow, narrow, edge, gap, tree(depth)).map((items) => cat(...items));
  const either = fc.tuple(opened, tree(depth)).map(([a, b]): Tree => ({ kind: 'alt', a, b }));
  return fc.oneof(opened, edged, either);
}

export function write(node: Tree, as: 'ours' | 'js'): string {
  switch (node.kind) {
    case 'set':
      return as === 'ours' && node.ours.startsWith('(?i)') ? `(?:${node.ours})` : node[as];
    case 'assert':
      return as === 'ours' ? node.ours : node.js;
    case 'cat':
      return write(node.a, as) + write(node.b, as);
    case 'alt':
      return `(?:${write(node.a, as)}|${write(node.b, as)})`;
    case 'rep': {
      const { min, max } = node;
      const count =
        max === Number.POSITIVE_INFINITY ? `{${min},}` : min === max ? `{${min}}` : `{${min},${max}}`;
      return `(?:${write(node.a, as)})${count}${node.lazy ? '?' : ''}`;
    }
  }
}

export const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...TEXT_UNITS), { maxLength }).map((units) => units.join(''));
