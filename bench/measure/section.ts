// What a measurement hands over: a table, what was aimed at, and whether it was reached. It must not know how it is shown.
import type { Bench, Figure, Row } from './bench.ts';

export interface Column {
  /** Name of the figure. */
  readonly key: string;
  readonly title: string;
  readonly digits: number;
}

/** A target of the project, and what this run gives. */
export interface Aim {
  readonly text: string;
  readonly value: number;
  readonly bound: number;
  readonly unit: string;
  /** Whether the value must not exceed the bound, or must reach it. */
  readonly sense: 'at most' | 'at least';
}

export interface Section {
  readonly name: string;
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly about: string;
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Measurement {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<Section>;
}

export function aimMet(aim: Aim): boolean | undefined {
  if (Number.isNaN(aim.value) || Number.isNaN(aim.bound)) return undefined;
  return aim.sense === 'at most' ? aim.value <= aim.bound : aim.value >= aim.bound;
}

/** Adds the figure `as`: every peer's figure `key` put against one peer's. */
export function against(
  rows: readonly Row[],
  peer: string,
  key: string,
  as: string,
  how: 'difference' | 'ratio',
): Row[] {
  const base = rows.find((row) => row.peer === peer)?.figures[key]?.value ?? Number.NaN;
  const put = how === 'difference' ? (value: number) => value - base : (value: number) => value / base;
  return rows.map((row) => {
    const own = row.figures[key];
    if (own === undefined) return row;
    const figure: Figure = { value: put(own.value), low: put(own.low), high: put(own.high) };
    return { peer: row.peer, figures: { ...row.figures, [as]: figure } };
  });
}
