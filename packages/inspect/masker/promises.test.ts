// The four promises, over random detectors, treatments, texts and chunkings, against the plain whole-text oracle.
import type { Finding, Treatment } from '@sluice/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine, Keyed } from '../api.ts';
import type { Detector } from '../detector.ts';
import { compileEngine } from '../engine.ts';
import { detectors, shortTexts, texts, treatments } from '../testing/arbitraries.ts';
import { liveFrom } from '../testing/live.ts';
import { findingsOf, regionsOf, replaced, type Seen } from '../testing/oracle.ts';
import { StreamCut } from './cut.ts';
import { MASKS, styleOf } from './masks.ts';

const keyed: Keyed = {
  hash: (kind, value) => `${kind.length}${value.length}${value.slice(0, 2)}${value.slice(-2)}________`,
  token: (kind, value) => `<${kind}=${value.length}>`,
};

const engineOf = (rows: readonly Detector[]): Engine =>
  compileEngine({ direction: 'prompt', detectors: rows });

const treatBy =
  (table: readonly Treatment[]) =>
  (finding: Finding): Treatment =>
    table[Number(finding.kind.slice(5))]!;

function expected(text: string, seen: readonly Seen[], table: readonly Treatment[]): string {
  return replaced(
    text,
    regionsOf(seen, treatBy(table)),
    ({ start, end, leader: { treatment, finding, value } }) =>
      MASKS[styleOf(treatment)]({ finding, value, original: text.slice(start, end), keyed }),
  );
}

interface Played {
  /** What had come out after each chunk. */
  readonly after: readonly string[];
  readonly findings: readonly Finding[];
  readonly held: readonly number[];
  readonly out: string;
}

function play(engine: Engine, chunks: readonly string[], table: readonly Treatment[]): Played {
  const findings: Finding[] = [];
  const lane = engine.lane({ treat: treatBy(table), keyed, onFinding: (f) => findings.push(f), cuts: false });
  const after: string[] = [];
  const held: number[] = [];
  let out = '';
  for (const chunk of chunks) {
    out += lane.push(chunk);
    after.push(out);
    held.push(lane.held);
  }
  out += lane.end();
  return { after, findings, held, out };
}

/** Every way of cutting a short text. */
function* chunkings(text: string): Iterable<string[]> {
  for (let cuts = 0; cuts < 2 ** (text.length - 1); cuts += 1) {
    const chunks = [''];
    for (let i = 0; i < text.length; i += 1) {
      chunks[chunks.length - 1] += text[i]!;
      if (i < text.length - 1 && (cuts >> i) & 1) chunks.push('');
    }
    yield chunks;
  }
}

const splitAt = (text: string, places: readonly number[]): string[] => {
  const cuts = [
    0,
    ...[...new Set(places.map((p) => p % (text.length + 1)))].sort((a, b) => a - b),
    text.length,
  ];
  return cuts.slice(1).map((cut, i) => text.slice(cuts[i]!, cut));
};

describe('findings', () => {
  it('are what the oracle sees in the whole text, in every reading', () => {
    fc.assert(
      fc.property(detectors, texts, (rows, text) => {
        const wanted = findingsOf(text, rows, keyed.hash).map(({ finding }) => finding);
        expect(engineOf(rows).scan(text, keyed)).toEqual([...wanted].sort(listed));
      }),
      { numRuns: 400 },
    );
  });
});

const listed = (a: Finding, b: Finding): number =>
  a.start - b.start || b.end - a.end || (a.detector < b.detector ? -1 : 1);

/**
 * What a finding promises whatever the chunks: all but which of several readings of the same span is named, since readings
 * part and join again at other places when the text comes in other pieces.
 */
function placesOf(findings: readonly Finding[]) {
  return [...findings].sort(listed).map(({ view: _view, ...place }) => place);
}

describe('exact', () => {
  it('makes of the whole text what the oracle makes of it', () => {
    fc.assert(
      fc.property(detectors, treatments, texts, (rows, table, text) => {
        const seen = findingsOf(text, rows, keyed.hash);
        const { output } = engineOf(rows).transform(text, { treat: treatBy(table), keyed });
        expect(output).toBe(expected(text, seen, table));
      }),
      { numRuns: 250 },
    );
  });

  it('does not depend on the chunks: every way of cutting a short text', () => {
    fc.assert(
      fc.property(detectors, treatments, shortTexts, (rows, table, text) => {
        const engine = engineOf(rows);
        const whole = engine.transform(text, { treat: treatBy(table), keyed });
        for (const chunks of chunkings(text)) {
          const { out, findings } = play(engine, chunks, table);
          expect(out).toBe(whole.output);
          expect(placesOf(findings)).toEqual(placesOf(whole.findings));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the chunks: one unit at a time and random cuts of longer texts', () => {
    fc.assert(
      fc.property(
        detectors,
        treatments,
        texts,
        fc.array(fc.nat(), { maxLength: 8 }),
        (rows, table, text, places) => {
          const engine = engineOf(rows);
          const whole = engine.transform(text, { treat: treatBy(table), keyed });
          for (const chunks of [text.split(''), splitAt(text, places)]) {
            const { out, findings } = play(engine, chunks, table);
            expect(out).toBe(whole.output);
            expect(placesOf(findings)).toEqual(placesOf(whole.findings));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('holds for an answer that is released whole, of which nothing goes out before the end', () => {
    fc.assert(
      fc.property(detectors, treatments, texts, (rows, table, text) => {
        const engine = engineOf(rows);
        const options = { treat: treatBy(table), keyed, onFinding: () => undefined, cuts: false };
        const lane = engine.lane({ ...options, release: 'whole' });
        for (const unit of text.split('')) expect(lane.push(unit)).toBe('');
        expect(lane.end()).toBe(engine.transform(text, { treat: treatBy(table), keyed }).output);
      }),
      { numRuns: 40 },
    );
  });
});

describe('safe', () => {
  it('has put out, at every moment, a prefix of the result, whatever comes next', () => {
    fc.assert(
      fc.property(detectors, treatments, texts, texts, fc.nat(), (rows, table, text, other, place) => {
        const engine = engineOf(rows);
        const at = place % (text.length + 1);
        const lane = engine.lane({ treat: treatBy(table), keyed, onFinding: () => undefined, cuts: false });
        let out = '';
        for (const unit of text.slice(0, at).split('')) out += lane.push(unit);
        for (const rest of [text.slice(at), other, '']) {
          const { output } = engine.transform(text.slice(0, at) + rest, { treat: treatBy(table), keyed });
          expect(output.startsWith(out)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('cuts before the first unit of a blocked span, and hands over what stands before it', () => {
    fc.assert(
      fc.property(
        detectors,
        treatments,
        texts,
        fc.array(fc.nat(), { maxLength: 5 }),
        (rows, table, text, places) => {
          const engine = engineOf(rows);
          const regions = regionsOf(findingsOf(text, rows, keyed.hash), treatBy(table));
          const lane = engine.lane({ treat: treatBy(table), keyed, onFinding: () => undefined });
          let out = '';
          let cut: StreamCut | undefined;
          try {
            for (const chunk of splitAt(text, places)) out += lane.push(chunk);
            out += lane.end();
          } catch (error) {
            if (!(error instanceof StreamCut)) throw error;
            cut = error;
            out += error.settled;
          }
          const blocked = findingsOf(text, rows, keyed.hash).some(
            (seen) => treatBy(table)(seen.finding).action === 'block',
          );
          expect(cut !== undefined).toBe(blocked);
          const { output } = engine.transform(text, { treat: treatBy(table), keyed });
          expect(output.startsWith(out)).toBe(true);
          if (!cut) expect(out).toBe(output);
          else {
            const region = regions.find((r) => cut.finding.start >= r.start && cut.finding.start < r.end)!;
            const before = regions.slice(0, regions.indexOf(region));
            const safe = expected(
              text.slice(0, region.start),
              before.map(({ leader }) => leader),
              table,
            );
            const long = rows.some((row) => row.region);
            if (!long) expect(out).toBe(safe);
          }
        },
      ),
      { numRuns: 250 },
    );
  });
});

describe('eager', () => {
  it('holds nothing back that begins before the earliest live match of some reading, or a region that reaches into it', () => {
    fc.assert(
      fc.property(detectors, texts, (rows, text) => {
        const engine = engineOf(rows);
        const table = Array.from(
          { length: 4 },
          (): Treatment => ({ action: 'mask', as: 'label', rule: 'r' }),
        );
        const { held } = play(engine, text.split(''), table);
        held.forEach((count, i) => {
          const before = text.slice(0, i + 1);
          const live = liveFrom(rows, before);
          const regions = regionsOf(findingsOf(before, rows, keyed.hash), treatBy(table));
          const reaching = regions.find((region) => region.start < live && region.end > live);
          expect(count).toBeLessThanOrEqual(before.length - (reaching?.start ?? live));
        });
      }),
      { numRuns: 40 },
    );
  });
});
