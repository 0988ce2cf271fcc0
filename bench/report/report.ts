// Everything that a run found, as one value: what is shown, written as JSON and rendered as a page. Types only.
import type { Section } from '../measure/section.ts';

export interface Report {
  /** ISO day of the run. */
  readonly day: string;
  readonly machine: {
    readonly cores: number;
    readonly cpu: string;
    readonly system: string;
    readonly node: string;
    readonly pinned: boolean;
    /** Share of the run's time that the hypervisor took from a core, on average. */
    readonly stolen: number;
  };
  /** Milliseconds, medians. */
  readonly disk: { readonly fsync: number; readonly commit: number };
  readonly peers: readonly { readonly name: string; readonly about: string; readonly absent?: string }[];
  readonly sections: readonly Section[];
  /** Benchmarks of the parts, which print their own figures. */
  readonly parts: readonly Part[];
  readonly seconds: number;
  readonly quick: boolean;
}

export interface Part {
  readonly name: string;
  /** What it printed. */
  readonly text: string;
  /** What it wrote as JSON, if it did. */
  readonly figures?: unknown;
  /** Why it has no figures. */
  readonly failed?: string;
}
