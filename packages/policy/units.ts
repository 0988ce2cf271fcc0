// Sizes, durations and percentages as people write them. Pure arithmetic; it must not know where they are used.

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

const DURATIONS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export const SIZE = /^(\d{1,9}(?:\.\d{1,6})?)(B|kB|KB|MB|GB|KiB|MiB|GiB)$/;
export const DURATION = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h|d)$/;
export const PERCENT = /^(\d{1,3}(?:\.\d{1,4})?)%$/;

/** Bytes: `200kB` is 200,000 (SI), `1MiB` is 1,048,576. Undefined when it is no size or not a whole number of bytes. */
export function parseSize(text: string): number | undefined {
  return scaled(SIZE.exec(text), SIZES);
}

/** Milliseconds: `60s`, `15m`, `2h`, `7d`, `250ms`. Undefined when it is no duration or not a whole number of them. */
export function parseDuration(text: string): number | undefined {
  return scaled(DURATION.exec(text), DURATIONS);
}

/** A share from 0 to 1: `25%` is 0.25. Undefined when it is no percentage or above 100. */
export function parsePercent(text: string): number | undefined {
  const found = PERCENT.exec(text);
  if (found === null) return undefined;
  const share = Number(found[1]) / 100;
  return share <= 1 ? share : undefined;
}

function scaled(
  found: RegExpExecArray | null,
  factors: Readonly<Record<string, number>>,
): number | undefined {
  if (found === null) return undefined;
  const value = Number(found[1]) * factors[found[2]!]!;
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 && Number.isSafeInteger(whole) ? whole : undefined;
}
