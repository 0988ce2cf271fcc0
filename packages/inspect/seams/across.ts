// Values split over texts that are all known: the end of each is read together with the beginning of the next. Which text is the
// next is up to whoever reads them, so several orders are tried.
import type { LaneFormat } from '@sluice/types';
import { type Edges, edgesOf, type Joint, type Stretch } from './edges.ts';
import type { Given, Piece, Splits } from './split.ts';

/** A text among others. */
export interface Part {
  /** Read only where it is needed. */
  readonly text: string;
  readonly format: LaneFormat;
  /** Texts of one group (the arguments of calls, say) also follow one another whatever stands between them. */
  readonly group: string;
  /** It was looked at before, together with all others that were. */
  readonly known?: boolean;
}

type Order = readonly number[];

/** The texts as they stand, and from the end to the beginning; the last before the first, and the other way; each group. */
function ordersOf(parts: readonly Part[]): Order[] {
  const groups = new Map<string, number[]>();
  for (const [index, { group }] of parts.entries()) {
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [index]);
    else members.push(index);
  }
  const all = [...parts.keys()];
  const some = [...groups.values()].filter(({ length }) => length > 1 && length < parts.length);
  const last = parts.length - 1;
  const ends =
    last > 1
      ? [
          [last, 0],
          [0, last],
        ]
      : [];
  return [all, all.toReversed(), ...ends, ...some];
}

/** Pieces that follow one another without a gap, a new text among them. */
function* runs(parts: readonly Part[], order: Order, edges: (index: number) => Edges): Iterable<Order> {
  const wanted = order.map((index) => parts[index]!.known !== true);
  // A value may begin in what stands before a new text, and end in what stands behind it.
  const reaches = (at: number): boolean =>
    wanted[at] === true && (parts[order[at]!]!.known !== true || edges(order[at]!).through);
  for (let at = 1; at < order.length; at += 1) wanted[at] ||= reaches(at - 1);
  for (let at = order.length - 2; at >= 0; at -= 1) wanted[at] ||= reaches(at + 1);
  let run: number[] = [];
  for (const [at, index] of order.entries()) {
    if (wanted[at]) run.push(index);
    const ends = !wanted[at] || at === order.length - 1 || !edges(index).through;
    if (!ends) continue;
    if (run.length > 1) yield run;
    run = wanted[at] ? [index] : [];
  }
}

function memo<T>(make: (index: number) => T): (index: number) => T {
  const made = new Map<number, T>();
  return (index) => {
    let value = made.get(index);
    if (value === undefined) made.set(index, (value = make(index)));
    return value;
  };
}

function piecesOf(parts: readonly Part[], run: Order, edges: (index: number) => Edges): Piece[] {
  const pieces = run.map((text, at) => {
    const { head, tail } = edges(text);
    const { from, to }: Stretch = at === 0 ? tail : head;
    return { text, from, units: parts[text]!.text.slice(from, to) };
  });
  return pieces.filter(({ units }) => units !== '');
}

function lookIn(
  splits: Splits,
  parts: readonly Part[],
  joint: Joint,
  tell: (text: number, given: Given) => void,
): void {
  const edges = memo((index) => edgesOf(parts[index]!.text, parts[index]!.format, joint));
  const read = new Set<string>();
  for (const order of ordersOf(parts)) {
    for (const run of runs(parts, order, edges)) {
      const key = run.join();
      if (read.has(key)) continue;
      read.add(key);
      for (const split of splits.in(piecesOf(parts, run, edges)).splits)
        for (const { text, given } of split.parts) tell(text, given);
    }
  }
}

/** What is to be taken for found in each of the texts, by its index. Empty nearly always. */
export function across(splits: Splits, parts: readonly Part[]): ReadonlyMap<number, readonly Given[]> {
  const found = new Map<number, Given[]>();
  const tell = (text: number, given: Given): void => {
    const list = found.get(text) ?? [];
    const told = list.some(
      ({ kind, start, end }) => kind === given.kind && start === given.start && end === given.end,
    );
    if (!told) list.push(given);
    found.set(text, list);
  };
  if (parts.length > 1) for (const joint of splits.joints) lookIn(splits, parts, joint, tell);
  return found;
}
