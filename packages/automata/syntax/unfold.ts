// Where a match may begin with something optional, `x?yz` is the same as `xyz|yz`. Written so, every unit's distance from
// the match's start is known, and the automaton need not remember where each of them began; as it would have to for
// every place of a text at which `x` may stand.
import { concat, either, type Node } from './ast.ts';
import { deepestCount } from './size.ts';

/** Copies of what follows that a leading part may be worth. */
const COPIES = 4;

/** The same pattern, with what it may begin with written out. */
export function unfold(node: Node): Node {
  if (node.kind === 'either') return either(node.items.map(unfold));
  if (node.kind !== 'concat') return node;
  const at = node.items.findIndex(({ kind }) => kind !== 'assert');
  const first = node.items[at];
  if (first === undefined) return node;
  const before = node.items.slice(0, at);
  const after = node.items.slice(at + 1);
  if (first.kind !== 'repeat') return concat([...before, unfold(first), ...after]);
  const { item, min, max } = first;
  if (max - min >= COPIES || max === min || deepestCount(item) > 1) return node;
  const ways: Node[] = [];
  for (let count = min; count <= max; count += 1) {
    const repeated = new Array<Node>(count).fill(item);
    ways.push(concat([...before, ...repeated, ...after]));
  }
  return either(ways.map((way) => (min === 0 ? unfold(way) : way)));
}
