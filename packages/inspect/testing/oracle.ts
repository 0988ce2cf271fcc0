// The engine again, on the whole text and as plainly as can be: every reading decoded at once, every start and end tried
// with RegExp, then joined and replaced. It shares no scanning or masking code with the engine.
import type { Finding, Treatment } from '@sluice/types';
import { STRICTNESS } from '@sluice/types';
import type { Detector } from '../detector.ts';
import { VIEWS } from '../views/index.ts';
import { type PlainReading, readingsOf } from './readings.ts';

/** A finding and its value. */
export interface Seen {
  readonly finding: Finding;
  readonly value: string;
  /** Of a long region: its finding as it can be told before its end. */
  readonly opening: Finding | undefined;
  readonly openingValue: string;
}

const regexps = new Map<string, RegExp>();
/** Expressions kept; all are dropped when there are more. */
const KEPT = 5000;

function regexp(source: string, flags: string): RegExp {
  const key = `${flags} ${source}`;
  const known = regexps.get(key);
  if (known) return known;
  if (regexps.size > KEPT) regexps.clear();
  const made = new RegExp(source, flags);
  regexps.set(key, made);
  return made;
}

function testsAt(tested: RegExp, text: string, start: number): boolean {
  tested.lastIndex = start;
  return tested.test(text);
}

/** The longest match from `start`, and the first pattern that has it. The text around it is seen by `\b`, `^` and `$`. */
function longestAt(
  detector: Detector,
  text: string,
  start: number,
): { end: number; pattern: number } | undefined {
  const flags = detector.ignoreCase ? 'iy' : 'y';
  if (!detector.patterns.some((source) => testsAt(regexp(source, flags), text, start))) return undefined;
  for (let end = text.length; end > start; end -= 1) {
    const rest = text.length - end;
    const pattern = detector.patterns.findIndex((source) =>
      testsAt(regexp(`(?:${source})(?=[^]{${rest}})(?![^]{${rest + 1}})`, flags), text, start),
    );
    if (pattern >= 0) return { end, pattern };
  }
  return undefined;
}

function regionEnd(
  text: string,
  start: number,
  from: number,
  region: NonNullable<Detector['region']>,
): number {
  const body = new RegExp(`^(?:${region.body})$`);
  for (let i = from; ; i += 1) {
    if (i === text.length || i - start >= region.max) return i;
    const closing = (to: number): string => {
      for (let n = Math.min(region.closer.length, to - from); n > 0; n -= 1)
        if (text.slice(to - n, to) === region.closer.slice(0, n)) return region.closer.slice(0, n);
      return '';
    };
    const part = closing(i + 1);
    if (part === '' && !body.test(text[i]!)) return i;
    if (part === region.closer && part !== '') return i + 1;
  }
}

/** Matches in one reading that pass their checks, as units of that reading. */
export function* inReading(
  detector: Detector,
  reading: PlainReading,
): Iterable<
  Omit<Seen, 'finding' | 'opening'> & {
    from: number;
    to: number;
    openTo: number;
    confidence: number;
    kind: string;
  }
> {
  const { text } = reading;
  for (let start = 0; start < text.length; ) {
    const hit = longestAt(detector, text, start);
    const match = hit && {
      text: text.slice(start, hit.end),
      left: text.slice(Math.max(0, start - 96), start),
      pattern: hit.pattern,
    };
    const verdict = match && (detector.check?.(match) ?? 0.9);
    if (!hit || !match || verdict === false || verdict === undefined) {
      start += 1;
      continue;
    }
    const {
      confidence,
      kind = detector.kind,
      span = detector.trim?.(match) ?? [0, match.text.length],
    } = typeof verdict === 'number' ? { confidence: verdict } : verdict;
    const [from, to] = span;
    if (from >= to) {
      start += 1;
      continue;
    }
    if (detector.region) {
      const end = regionEnd(text, start, hit.end, detector.region);
      yield {
        value: text.slice(start, end),
        openingValue: match.text,
        from: start,
        to: end,
        openTo: hit.end,
        confidence,
        kind: detector.kind,
      };
      start = end;
    } else {
      yield {
        value: match.text.slice(from, to),
        openingValue: '',
        from: start + from,
        to: start + to,
        openTo: 0,
        confidence,
        kind,
      };
      start = hit.end;
    }
  }
}

const rankOf = (path: readonly string[]): number =>
  path.reduce((sum, name) => sum * (VIEWS.length + 1) + VIEWS.findIndex((view) => view.name === name) + 1, 0);

/** Everything there is to find, each span of a detector once, in order. */
export function findingsOf(
  text: string,
  detectors: readonly Detector[],
  hash: (kind: string, value: string) => string,
): Seen[] {
  const all = readingsOf(text).flatMap((reading) =>
    detectors.flatMap((detector, order) =>
      [...inReading(detector, reading)].map(({ from, to, openTo, confidence, kind, value, openingValue }) => {
        const view = reading.path.join('>') || 'raw';
        const finding: Finding = {
          kind,
          detector: detector.id,
          start: reading.starts[from]!,
          end: reading.ends[to - 1]!,
          confidence,
          view,
          late: false,
          hash: hash(kind, value),
        };
        const opening = detector.region && { ...finding, end: reading.ends[openTo - 1]!, hash: '' };
        return { finding, value, opening, openingValue, order, rank: rankOf(reading.path) };
      }),
    ),
  );
  all.sort(
    (a, b) =>
      a.finding.start - b.finding.start ||
      (b.opening ?? b.finding).end - (a.opening ?? a.finding).end ||
      a.order - b.order ||
      (a.finding.kind < b.finding.kind ? -1 : a.finding.kind > b.finding.kind ? 1 : 0) ||
      a.rank - b.rank ||
      (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
  );
  const same = (a: Finding, b: Finding): boolean =>
    a.detector === b.detector && a.kind === b.kind && a.start === b.start && a.end === b.end;
  return all.filter((seen, i) => all.findIndex((other) => same(other.finding, seen.finding)) === i);
}

export interface PlainRegion {
  start: number;
  end: number;
  leader: Seen & { treatment: Treatment };
}

const CHANGES = new Set(['tokenize', 'mask', 'strip', 'block']);

/** The joined regions of a text, in order. */
export function regionsOf(
  seen: readonly Seen[],
  treat: (finding: Finding, value: string) => Treatment,
): PlainRegion[] {
  const edits = seen
    .map((one) => ({
      ...one,
      treatment: treat(one.opening ?? one.finding, one.opening ? one.openingValue : one.value),
    }))
    .filter(({ treatment }) => CHANGES.has(treatment.action));
  const regions: (PlainRegion & { members: typeof edits })[] = [];
  for (const edit of edits) {
    const last = regions.at(-1);
    if (last && edit.finding.start < last.end) {
      last.end = Math.max(last.end, edit.finding.end);
      last.members.push(edit);
    } else regions.push({ start: edit.finding.start, end: edit.finding.end, leader: edit, members: [edit] });
  }
  for (const region of regions) {
    const long = region.members.find((member) => member.opening);
    const voters = region.members.filter((member) => !long || member.finding.start <= long.finding.start);
    const strictest = Math.max(...voters.map((member) => STRICTNESS[member.treatment.action]));
    region.leader = voters.find((member) => STRICTNESS[member.treatment.action] === strictest)!;
  }
  return regions;
}

/** The text with its regions replaced. */
export function replaced(
  text: string,
  regions: readonly PlainRegion[],
  replacement: (region: PlainRegion) => string,
): string {
  let out = '';
  let at = 0;
  for (const region of regions) {
    out += text.slice(at, region.start) + replacement(region);
    at = region.end;
  }
  return out + text.slice(at);
}
