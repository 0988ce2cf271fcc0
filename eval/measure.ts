// From texts and what was found in them to figures. It must not know who found it.
import type { Labelled, Span } from './labelled.ts';
import { overlaps } from './labelled.ts';

export interface Found extends Span {
  readonly kind: string;
}

/** Findings of each text of a set, in its order. */
export type Reading = readonly (readonly Found[])[];

export interface Rate {
  readonly hits: number;
  readonly of: number;
}

export const share = ({ hits, of }: Rate): number => (of === 0 ? 0 : hits / of);

export interface KindRow {
  readonly kind: string;
  readonly recall: Rate;
  /** Findings of the kind that touch a labelled value of any kind of its branch, of all its findings. */
  readonly precision: Rate;
  readonly f1: number;
  /** Found under another kind: its name and how often. */
  readonly confusions: Readonly<Record<string, number>>;
}

export const branchOf = (kind: string): string => kind.slice(0, kind.indexOf('.'));

/** Found when a finding of the same branch touches the value: what is masked does not depend on the kind's name. */
function touches(label: Labelled, found: readonly Found[]): Found | undefined {
  const here = found.filter(
    (one) => branchOf(one.kind) === branchOf(label.what) && label.spans.some((span) => overlaps(one, span)),
  );
  return here.find((one) => one.kind === label.what) ?? here[0];
}

export const isFound = (label: Labelled, found: readonly Found[]): boolean =>
  touches(label, found) !== undefined;

/** Recall by a property of the texts, in the order of first appearance. */
export function recallBy(
  set: readonly Labelled[],
  reading: Reading,
  key: (label: Labelled) => string,
  hit: (label: Labelled, found: readonly Found[]) => boolean = isFound,
): ReadonlyMap<string, Rate> {
  const rates = new Map<string, { hits: number; of: number }>();
  set.forEach((label, i) => {
    const rate = rates.get(key(label)) ?? { hits: 0, of: 0 };
    rates.set(key(label), rate);
    rate.of += 1;
    if (hit(label, reading[i]!)) rate.hits += 1;
  });
  return rates;
}

/** A row for each labelled kind. Precision counts the harmless texts as well. */
export function kindsOf(set: readonly Labelled[], reading: Reading, harmless: Reading): readonly KindRow[] {
  const recalls = recallBy(set, reading, ({ what }) => what);
  return [...recalls].map(([kind, recall]) => {
    const confusions: Record<string, number> = {};
    let right = 0;
    let all = harmless.flat().filter((one) => one.kind === kind).length;
    set.forEach((label, i) => {
      const best = touches(label, reading[i]!);
      if (label.what === kind && best !== undefined && best.kind !== kind)
        confusions[best.kind] = (confusions[best.kind] ?? 0) + 1;
      for (const one of reading[i]!) {
        if (one.kind !== kind) continue;
        all += 1;
        if (branchOf(label.what) === branchOf(kind) && label.spans.some((span) => overlaps(one, span)))
          right += 1;
      }
    });
    const precision = { hits: right, of: all };
    const [r, p] = [share(recall), all === 0 ? 1 : share(precision)];
    return { kind, recall, precision, f1: r + p === 0 ? 0 : (2 * r * p) / (r + p), confusions };
  });
}

/** Texts with at least one finding of a branch. */
export function flagged(reading: Reading, branch: string): Rate {
  return {
    hits: reading.filter((found) => found.some((one) => branchOf(one.kind) === branch)).length,
    of: reading.length,
  };
}
