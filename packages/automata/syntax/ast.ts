// What a pattern says, as a tree. Groups, flags and laziness are gone; counts and sets remain.
import type { CharSet } from './charset.ts';

/** `line` variants are those of (?m): they also hold beside a line feed. */
export type Assertion =
  | 'text-start'
  | 'text-end'
  | 'line-start'
  | 'line-end'
  | 'word-boundary'
  | 'not-word-boundary';

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'concat'; readonly items: readonly Node[] }
  | { readonly kind: 'either'; readonly items: readonly Node[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number };

export const EMPTY: Node = { kind: 'empty' };

export const concat = (items: readonly Node[]): Node =>
  items.length === 1 ? items[0]! : items.length === 0 ? EMPTY : { kind: 'concat', items };

export const either = (items: readonly Node[]): Node =>
  items.length === 1 ? items[0]! : { kind: 'either', items };
