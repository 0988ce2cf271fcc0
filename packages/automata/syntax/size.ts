// How long a match can be, read off the tree. In UTF-16 code units.
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
