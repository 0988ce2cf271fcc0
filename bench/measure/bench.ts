// What every measurement is given, and how rounds are taken: interleaved, with the machine's noise noted. Knows no peer by name.
import type { Driver } from '../load/driver.ts';
import { median } from '../load/quantiles.ts';
import { cpuSeconds, family } from '../machine/cpu.ts';
import type { Running, Surroundings } from '../peers/peer.ts';

export interface Entrant {
  readonly name: string;
  readonly running: Running;
  /** Its processes, for CPU and memory. */
  readonly pids: readonly number[];
}

export interface Bench {
  readonly driver: Driver;
  readonly entrants: readonly Entrant[];
  readonly around: Surroundings;
  /** Fewer and shorter rounds. */
  readonly quick: boolean;
  progress(text: string): void;
  /** Milliseconds that the hypervisor has taken so far. */
  stolenMs(): number;
}

/** Figures of one peer in one measurement, over the quiet rounds. */
export interface Row {
  readonly peer: string;
  readonly figures: Readonly<Record<string, Figure>>;
}

export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Sample {
  readonly figures: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly failure?: string | undefined;
}

interface Round {
  readonly sample: Sample;
  /** Share of the time that the hypervisor took. */
  readonly stolen: number;
}

/** Takes one sample of one peer; the CPU spent by it meanwhile comes with the second argument once it is over. */
export type Sampler = (entrant: Entrant) => Promise<(cpu: number) => Sample>;

/**
 * Figures of which the least over the rounds is shown, for every peer alike: what disturbs a process can only add to the
 * CPU that it needs.
 */
const LEAST: ReadonlySet<string> = new Set(['cpu', 'inspection']);

/** A table's rounds end after this many seconds, so that a slow peer or a busy machine cannot stretch a run. */
const LONGEST_S = { quick: 5, full: 25 };

/** Of the rounds, this share, the ones in which the hypervisor took least, is kept; for every peer alike. */
const KEPT = 0.5;

/**
 * Rounds over all peers, forth and back (A B C C B A), so that slow changes of the machine fall on all of them.
 * A peer whose calls fail has no figures: a fast refusal is not a fast answer.
 */
export async function interleave(
  bench: Bench,
  names: readonly string[],
  rounds: number,
  sample: Sampler,
): Promise<Row[]> {
  const entrants = bench.entrants.filter((entrant) => names.includes(entrant.name));
  const taken = new Map<string, Round[]>(entrants.map((entrant) => [entrant.name, []]));
  const until = performance.now() + 1_000 * (bench.quick ? LONGEST_S.quick : LONGEST_S.full);
  for (let round = 0; round < rounds && (round === 0 || performance.now() < until); round++) {
    for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
      const stolen = bench.stolenMs();
      const began = performance.now();
      const cpu = cpuSeconds(entrant.pids);
      const finish = await sample(entrant);
      const taking = finish(cpuSeconds(entrant.pids) - cpu);
      taken
        .get(entrant.name)
        ?.push({ sample: taking, stolen: (bench.stolenMs() - stolen) / (performance.now() - began) });
    }
  }
  return entrants.map((entrant) => row(bench, entrant.name, taken.get(entrant.name) ?? []));
}

function row(bench: Bench, peer: string, rounds: readonly Round[]): Row {
  const failed = rounds.reduce((sum, round) => sum + round.sample.failed, 0);
  if (failed > 0) {
    const why = rounds.find((round) => round.sample.failure !== undefined)?.sample.failure ?? '';
    bench.progress(`${peer}: ${failed} calls failed, so it has no figures here: ${why}`);
    return { peer, figures: {} };
  }
  const quiet = rounds.toSorted((a, b) => a.stolen - b.stolen).slice(0, Math.ceil(rounds.length * KEPT));
  const names = Object.keys(quiet[0]?.sample.figures ?? {});
  const figures = names.map((name) => {
    const values = quiet.map((round) => round.sample.figures[name] ?? Number.NaN);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [name, { value: LEAST.has(name) ? low : median(values), low, high }] as const;
  });
  return { peer, figures: Object.fromEntries(figures) };
}

export function entrantOf(name: string, running: Running): Entrant {
  return { name, running, pids: running.pid === undefined ? [] : family(running.pid) };
}

/** A figure of a peer, or NaN. */
export function figure(rows: readonly Row[], peer: string, name: string): number {
  return rows.find((row) => row.peer === peer)?.figures[name]?.value ?? Number.NaN;
}
