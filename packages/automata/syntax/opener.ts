// Patterns like `\b(show|print)\b.{0,40}\bvariables\b` multiply the states of every pattern they share an automaton
// with: for forty units, each state exists once per count. Their opener alone does not. So the shared automaton gets
// only the opener, and the rest is followed by the group's own automaton, from the rare opener on.
import type { Node } from './ast.ts';
import { concat } from './ast.ts';
import { clip } from './charset.ts';
import { longest } from './size.ts';

/** One alternative of a pattern. */
export interface Way {
  /** All of it, or its opener. */
  readonly first: Node;
  /** What follows the opener, beginning with the gap. */
  readonly rest?: Node;
}

/** Units of a set that still says something about the text. */
const NARROW = 8;
/** Narrow units that an opener must have: fewer would open too often. */
const OPENER_UNITS = 3;
/** Units of ordinary text that a gap must be able to span. */
const GAP_UNITS = 8;

/** The alternatives of a pattern, each cut before its first gap where what comes before is an opener. */
export function openers(node: Node): Way[] {
  if (node.kind === 'either') return node.items.flatMap(openers);
  if (node.kind === 'concat') {
    const gap = node.items.findIndex(isGap);
    const before = concat(node.items.slice(0, Math.max(0, gap)));
    if (gap > 0 && narrowUnits(before) >= OPENER_UNITS)
      return [{ first: before, rest: concat(node.items.slice(gap)) }];
  }
  return [{ first: node }];
}

/** Whether prose can run through the node at length. */
function isGap(node: Node): boolean {
  return (
    node.kind === 'repeat' &&
    longest(node.item) * (node.max - node.min) >= GAP_UNITS &&
    holds(node.item, ' ') &&
    holds(node.item, 'e')
  );
}

function holds(node: Node, unit: string): boolean {
  const at = unit.charCodeAt(0);
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return false;
    case 'set':
      return clip(node.set, at, at).length > 0;
    case 'concat':
    case 'either':
      return node.items.some((item) => holds(item, unit));
    case 'repeat':
      return node.max > 0 && holds(node.item, unit);
  }
}

/** The fewest narrow sets on any way through the node. */
function narrowUnits(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return 0;
    case 'set': {
      let size = 0;
      for (let i = 0; i < node.set.length; i += 2) size += node.set[i + 1]! - node.set[i]! + 1;
      return size <= NARROW ? 1 : 0;
    }
    case 'concat':
      return node.items.reduce((sum, item) => sum + narrowUnits(item), 0);
    case 'either':
      return Math.min(...node.items.map(narrowUnits));
    case 'repeat':
      return node.min * narrowUnits(node.item);
  }
}
