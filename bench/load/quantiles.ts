// Quantiles and medians of samples. It must not know what was sampled.
import type { Quantiles } from './orders.ts';

export function quantiles(samples: number[]): Quantiles {
  const sorted = Float64Array.from(samples).sort();
  const at = (q: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

export function median(samples: readonly number[]): number {
  const sorted = Float64Array.from(samples.filter((sample) => !Number.isNaN(sample))).sort();
  if (sorted.length === 0) return Number.NaN;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}
