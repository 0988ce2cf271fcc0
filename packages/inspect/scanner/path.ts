// Which views have been laid over one another to make a reading, and which may be laid over it: worked out once for all
// lanes. It must not know texts.
import { addsTo, MAX_DEPTH, VIEWS } from '../views/index.ts';
import { signOfAlphabet, signOfView, signsOf } from '../views/signs.ts';
import type { Alphabet, ExtractView, SparseView, Unsure, View } from '../views/view.ts';
import type { Name } from './matcher.ts';

/** A view over a reading, and the path of what it makes of it. */
export interface Branch<V extends View> {
  readonly view: V;
  readonly path: () => Path;
}

export interface SparseBranch extends Branch<SparseView> {
  /** See `views/signs.ts`. */
  readonly sign: number;
}

/** The extracting views of one alphabet; with sign 0, those that are handed all of the text. */
export interface Extracts {
  readonly sign: number;
  readonly shortest: number;
  readonly branches: readonly Branch<ExtractView>[];
}

export interface Path {
  readonly name: Name;
  readonly sparse: readonly SparseBranch[];
  /** The signs of all of its sparse views. */
  readonly signs: number;
  /** Whether some of them may read a unit differently. */
  readonly unsure: Unsure;
  readonly extracts: readonly Extracts[];
}

/** Fewer views rank before more, and each as it stands in the table. */
function nameOf(views: readonly View[]): Name {
  const rank = views.reduce((sum, view) => sum * (VIEWS.length + 1) + VIEWS.indexOf(view) + 1, 0);
  return { view: views.length === 0 ? 'raw' : views.map(({ name }) => name).join('>'), rank };
}

function branch<V extends View>(views: readonly View[], view: V): Branch<V> {
  let path: Path | undefined;
  return { view, path: () => (path ??= pathOf([...views, view])) };
}

/** Signs that follow one another are looked at as far as views may be laid over one another. */
function unsureOf(sparse: readonly SparseBranch[], signs: number, depth: number): Unsure {
  if (depth === 0) return () => false;
  const beyond = unsureOf(sparse, signs, depth - 1);
  return (text, at) => {
    const own = signsOf(text.charCodeAt(at)) & signs;
    return (
      own !== 0 && sparse.some(({ view, sign }) => (sign & own) !== 0 && view.changesAt(text, at, beyond))
    );
  };
}

function pathOf(views: readonly View[]): Path {
  const over =
    views.length < MAX_DEPTH ? VIEWS.filter((view) => addsTo(views.at(-1)?.name ?? 'raw', view)) : [];
  const sparse = over.flatMap((view) =>
    view.kind === 'sparse' ? [{ ...branch(views, view), sign: signOfView(view.name) }] : [],
  );
  const byAlphabet = new Map<Alphabet | undefined, Branch<ExtractView>[]>();
  for (const view of over) {
    if (view.kind !== 'extract') continue;
    byAlphabet.set(view.alphabet, [...(byAlphabet.get(view.alphabet) ?? []), branch(views, view)]);
  }
  const signs = sparse.reduce((all, { sign }) => all | sign, 0);
  return {
    name: nameOf(views),
    sparse,
    signs,
    unsure: unsureOf(sparse, signs, MAX_DEPTH),
    extracts: [...byAlphabet].map(([alphabet, branches]) => ({
      sign: alphabet ? signOfAlphabet(alphabet) : 0,
      shortest: alphabet?.shortest ?? 0,
      branches,
    })),
  };
}

/** The lane itself. */
export const RAW = pathOf([]);
