// What of a tree is still to be matched after some text: Antimirov's partial derivatives, with assertions. Slow and
// plain; independent of the package. Tells "alive" from "dead" at any place of a text whose rest is unknown.
import { type AssertName, TEXT_UNITS, type Tree, write } from './pattern.ts';

/** Kinds of surroundings; 'edge' is the text's start or end. */
type Kind = 'edge' | 'feed' | 'word' | 'other';
const KINDS: readonly Kind[] = ['edge', 'feed', 'word', 'other'];

type Residual = 'done' | Tree;

const kindOf = (unit: string | undefined): Kind =>
  unit === undefined ? 'edge' : unit === '\n' ? 'feed' : /\w/.test(unit) ? 'word' : 'other';

const holds = (name: AssertName, before: Kind, after: Kind): boolean => {
  const boundary = (before === 'word') !== (after === 'word');
  switch (name) {
    case 'A':
      return before === 'edge';
    case 'z':
      return after === 'edge';
    case 'mstart':
      return before === 'edge' || before === 'feed';
    case 'mend':
      return after === 'edge' || after === 'feed';
    case 'b':
      return boundary;
    case 'B':
      return !boundary;
  }
};

function nullable(node: Residual, before: Kind, after: Kind): boolean {
  if (node === 'done') return true;
  switch (node.kind) {
    case 'set':
      return false;
    case 'assert':
      return holds(node.name, before, after);
    case 'cat':
      return nullable(node.a, before, after) && nullable(node.b, before, after);
    case 'alt':
      return nullable(node.a, before, after) || nullable(node.b, before, after);
    case 'rep':
      return node.min === 0 || nullable(node.a, before, after);
  }
}

const then = (first: Residual, rest: Residual): Residual =>
  first === 'done' ? rest : rest === 'done' ? first : { kind: 'cat', a: first, b: rest };

function afterUnit(node: Residual, unit: string, before: Kind): Residual[] {
  if (node === 'done') return [];
  switch (node.kind) {
    case 'set':
      return new RegExp(`^(?:${node.js})$`).test(unit) ? ['done'] : [];
    case 'assert':
      return [];
    case 'alt':
      return [...afterUnit(node.a, unit, before), ...afterUnit(node.b, unit, before)];
    case 'cat': {
      const first = afterUnit(node.a, unit, before).map((r) => then(r, node.b));
      return nullable(node.a, before, kindOf(unit)) ? [...first, ...afterUnit(node.b, unit, before)] : first;
    }
    case 'rep': {
      if (node.max === 0) return [];
      const rest: Tree = { ...node, min: Math.max(0, node.min - 1), max: node.max - 1 };
      const first = afterUnit(node.a, unit, before).map((r) => then(r, rest));
      // Where one round can be empty, it can be any of the first.
      const skips = node.min > 0 && nullable(node.a, before, kindOf(unit));
      return skips ? [...first, ...afterUnit(rest, unit, before)] : first;
    }
  }
}

const keyOf = (r: Residual): string => (r === 'done' ? '' : `${write(r, 'js')}`);

/** Units for continuations: those of the texts, and more of each kind. */
const CONTINUATIONS = [...TEXT_UNITS, 'c', 'Z', '9', '.', 'B'];

export class Residuals {
  readonly known = new Map<string, boolean>();
  readonly tree: Tree;

  constructor(tree: Tree) {
    this.tree = tree;
  }

  /** Some continuation turns the residual into a match. */
  leadsOn(start: Residual, before: Kind): boolean {
    const key = `${before} ${keyOf(start)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const pending: [Residual, Kind][] = [[start, before]];
    let found = false;
    for (let top: [Residual, Kind] | undefined; !found && (top = pending.pop()); ) {
      const [node, at] = top;
      const id = `${at} ${keyOf(node)}`;
      if (seen.has(id)) continue;
      seen.add(id);
      found = KINDS.some((after) => nullable(node, at, after));
      for (const unit of CONTINUATIONS) {
        for (const next of afterUnit(node, unit, at)) pending.push([next, kindOf(unit)]);
      }
    }
    this.known.set(key, found);
    return found;
  }

  /** What is left after `text.slice(start, end)`. */
  after(text: string, start: number, end: number): Residual[] {
    let now: Residual[] = [this.tree];
    for (let i = start; i < end; i++) {
      const next = now.flatMap((node) => afterUnit(node, text[i]!, kindOf(text[i - 1])));
      now = [...new Map(next.map((node) => [keyOf(node), node])).values()];
    }
    return now;
  }

  /** With the text known up to `end` only: can more text, or its end, still make a match (or a longer one)? */
  alive(text: string, start: number, end: number): boolean {
    const before = kindOf(text[end - 1]);
    return this.after(text, start, end).some((node) => {
      const now = KINDS.filter((after) => nullable(node, before, after)).length;
      if (now > 0 && now < KINDS.length) return true;
      return CONTINUATIONS.some((unit) =>
        afterUnit(node, unit, before).some((next) => this.leadsOn(next, kindOf(unit))),
      );
    });
  }

  /** With the text known up to `end` only: has `[start, end)` matched whatever follows? */
  matchedAnyway(text: string, start: number, end: number): boolean {
    const before = kindOf(text[end - 1]);
    return this.after(text, start, end).some((node) => KINDS.every((after) => nullable(node, before, after)));
  }

  /** Has `[start, end)` matched, given the unit behind it? */
  matchedBefore(text: string, start: number, end: number): boolean {
    const before = kindOf(text[end - 1]);
    return this.after(text, start, end).some((node) => nullable(node, before, kindOf(text[end])));
  }
}
