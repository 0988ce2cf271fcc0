// Several automata over the same text, one unit at a time for all: each unit is fetched once, and while one table is
// waited for the others are read. So a few automata cost little more than one, and none multiplies the states of
// another. Knows nothing of what they look for.
import type { Dfa } from './dfa.ts';
import type { Run } from './state.ts';

/** Automata that can be run abreast. */
export const MOST_ABREAST = 4;

/** Reads on while no transition is negative, and leaves the rows that were reached. Returns the index reached. */
type Walk = (lanes: readonly Lane[], rows: Int32Array, text: string, from: number, to: number) => number;

/** An automaton, and the column of each code unit in its table. */
interface Lane {
  readonly dfa: Dfa;
  readonly columnOf: Uint16Array;
}

const WALKS: Readonly<Record<number, Walk>> = {
  1: (lanes, rows, text, from, to) => {
    const {
      columnOf: a,
      dfa: { table: tableA },
    } = lanes[0]!;
    let rowA = rows[0]!;
    let i = from;
    for (; i < to; i++) {
      const unit = text.charCodeAt(i);
      const nextA = tableA[rowA + a[unit]!]!;
      if (nextA < 0) break;
      rowA = nextA;
    }
    rows[0] = rowA;
    return i;
  },
  2: (lanes, rows, text, from, to) => {
    const {
      columnOf: a,
      dfa: { table: tableA },
    } = lanes[0]!;
    const {
      columnOf: b,
      dfa: { table: tableB },
    } = lanes[1]!;
    let rowA = rows[0]!;
    let rowB = rows[1]!;
    let i = from;
    for (; i < to; i++) {
      const unit = text.charCodeAt(i);
      const nextA = tableA[rowA + a[unit]!]!;
      const nextB = tableB[rowB + b[unit]!]!;
      if ((nextA | nextB) < 0) break;
      rowA = nextA;
      rowB = nextB;
    }
    rows[0] = rowA;
    rows[1] = rowB;
    return i;
  },
  3: (lanes, rows, text, from, to) => {
    const {
      columnOf: a,
      dfa: { table: tableA },
    } = lanes[0]!;
    const {
      columnOf: b,
      dfa: { table: tableB },
    } = lanes[1]!;
    const {
      columnOf: c,
      dfa: { table: tableC },
    } = lanes[2]!;
    let rowA = rows[0]!;
    let rowB = rows[1]!;
    let rowC = rows[2]!;
    let i = from;
    for (; i < to; i++) {
      const unit = text.charCodeAt(i);
      const nextA = tableA[rowA + a[unit]!]!;
      const nextB = tableB[rowB + b[unit]!]!;
      const nextC = tableC[rowC + c[unit]!]!;
      if ((nextA | nextB | nextC) < 0) break;
      rowA = nextA;
      rowB = nextB;
      rowC = nextC;
    }
    rows[0] = rowA;
    rows[1] = rowB;
    rows[2] = rowC;
    return i;
  },
  4: (lanes, rows, text, from, to) => {
    const {
      columnOf: a,
      dfa: { table: tableA },
    } = lanes[0]!;
    const {
      columnOf: b,
      dfa: { table: tableB },
    } = lanes[1]!;
    const {
      columnOf: c,
      dfa: { table: tableC },
    } = lanes[2]!;
    const {
      columnOf: d,
      dfa: { table: tableD },
    } = lanes[3]!;
    let rowA = rows[0]!;
    let rowB = rows[1]!;
    let rowC = rows[2]!;
    let rowD = rows[3]!;
    let i = from;
    for (; i < to; i++) {
      const unit = text.charCodeAt(i);
      const nextA = tableA[rowA + a[unit]!]!;
      const nextB = tableB[rowB + b[unit]!]!;
      const nextC = tableC[rowC + c[unit]!]!;
      const nextD = tableD[rowD + d[unit]!]!;
      if ((nextA | nextB | nextC | nextD) < 0) break;
      rowA = nextA;
      rowB = nextB;
      rowC = nextC;
      rowD = nextD;
    }
    rows[0] = rowA;
    rows[1] = rowB;
    rows[2] = rowC;
    rows[3] = rowD;
    return i;
  },
};

/** Shared by all texts: it is used up within each call. */
export class Abreast {
  readonly dfas: readonly Dfa[];
  readonly lanes: readonly Lane[];
  readonly rows: Int32Array;
  readonly walk: Walk;

  /** From one to `MOST_ABREAST`. */
  constructor(dfas: readonly Dfa[]) {
    this.dfas = dfas;
    this.lanes = dfas.map((dfa) => ({ dfa, columnOf: columnsByUnit(dfa) }));
    this.rows = new Int32Array(dfas.length);
    this.walk = WALKS[dfas.length]!;
  }

  /** As `Dfa.advance`, for a run of each automaton; all are at the same position. Stops when one of them has events. */
  advance(runs: readonly Run[], text: string, from: number, to: number, base: number): number {
    const { dfas, lanes, rows, walk } = this;
    for (let k = 0; k < runs.length; k++) runs[k]!.events = null;
    this.load(runs);
    let i = from;
    for (let stopped = false; i < to && !stopped; ) {
      i = walk(lanes, rows, text, i, to);
      if (i < to) stopped = this.take(runs, text.charCodeAt(i), base + i++);
    }
    for (let k = 0; k < runs.length; k++) {
      const run = runs[k]!;
      run.state = dfas[k]!.stateAt(rows[k]!);
      run.position = base + i;
    }
    return i;
  }

  /** One unit at `position`, of which some transition is not plain. Returns whether it brought events. */
  take(runs: readonly Run[], unit: number, position: number): boolean {
    const { dfas, lanes, rows } = this;
    let events = false;
    for (let k = 0; k < runs.length; k++)
      if (!dfas[k]!.knows(rows[k]!, lanes[k]!.columnOf[unit]!)) return this.build(runs, unit, position);
    for (let k = 0; k < runs.length; k++) {
      rows[k] = dfas[k]!.follow(runs[k]!, rows[k]!, lanes[k]!.columnOf[unit]!, position);
      events ||= runs[k]!.events !== null;
    }
    return events;
  }

  /** The same when some transition has to be built, which may drop the tables of all. */
  build(runs: readonly Run[], unit: number, position: number): boolean {
    const { dfas, lanes, rows } = this;
    let events = false;
    for (let k = 0; k < runs.length; k++) runs[k]!.state = dfas[k]!.stateAt(rows[k]!);
    for (let k = 0; k < runs.length; k++) {
      const [dfa, run] = [dfas[k]!, runs[k]!];
      run.state = dfa.stateAt(dfa.follow(run, dfa.rowOf(run.state), lanes[k]!.columnOf[unit]!, position));
      events ||= run.events !== null;
    }
    this.load(runs);
    return events;
  }

  /** Finding a row for one may drop the tables of the others; what is left then is small enough for all. */
  load(runs: readonly Run[]): void {
    const { dfas, rows } = this;
    for (let k = 0; k < runs.length; k++) {
      const { generation } = dfas[k]!;
      rows[k] = dfas[k]!.rowOf(runs[k]!.state);
      if (dfas[k]!.generation !== generation) k = -1;
    }
  }
}

function columnsByUnit({ classOf, columns }: Dfa): Uint16Array {
  return classOf.map((unitClass) => columns.columnOf[unitClass]!);
}
