// Sizes that can be read off the tree: how long a match can be, and how often what is repeated is written out.
import type { Node } from './ast.ts';

/** Code units of the longest text that the node can match; Infinity when there is no bound. */
export function longest(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return 0;
    case 'set':
      return node.set.length > 0 && node.set.at(-1)! > 0xffff ? 2 : 1;
    case 'concat':
      return node.items.reduce((sum, item) => sum + longest(item), 0);
    case 'either':
      return node.items.reduce((most, item) => Math.max(most, longest(item)), 0);
    case 'repeat': {
      const once = longest(node.item);
      return once === 0 || node.max === 0 ? 0 : once * node.max;
    }
  }
}

/** The largest product of counts that stand within one another: how often the innermost part is written out. */
export function deepestCount(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'assert':
    case 'set':
      return 1;
    case 'concat':
    case 'either':
      return node.items.reduce((most, item) => Math.max(most, deepestCount(item)), 1);
    case 'repeat': {
      const copies = Number.isFinite(node.max) ? node.max : node.min;
      return Math.max(1, copies) * deepestCount(node.item);
    }
  }
}
