// The promises of the automata, against oracles that share no code with them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cursor, compile, type GroupSpec, PatternError, type Program } from './index.ts';
import { type Found, joined, type OracleGroup, openOf, search, type Verdict } from './testing/oracle.ts';
import { gapped, text, tree, write } from './testing/pattern.ts';
import { Residuals } from './testing/residuals.ts';

/** The track is nothing to the oracle. */
type TrackedGroup = OracleGroup & Required<Pick<GroupSpec, 'track'>>;

interface Case {
  readonly program: Program;
  readonly groups: readonly TrackedGroup[];
}

const matchesEmpty = (spec: GroupSpec): boolean => {
  try {
    compile([spec]);
    return false;
  } catch (error) {
    if (error instanceof PatternError && error.problem === 'empty') return true;
    throw error;
  }
};

const group = (depth: number): fc.Arbitrary<TrackedGroup> =>
  fc
    .record({
      trees: fc.array(
        fc.oneof({ weight: 4, arbitrary: tree(depth) }, { weight: 1, arbitrary: gapped(depth - 1) }),
        { minLength: 1, maxLength: 3 },
      ),
      maxLength: fc.constantFrom(1, 2, 3, 5, 1024, 1024, 1024),
      track: fc.constantFrom(0, 0, 0, 1, 2, 7),
    })
    .map(({ trees, maxLength, track }) => {
      const kept = trees.filter((t) => !matchesEmpty({ patterns: [write(t, 'ours')] }));
      return { trees: kept, residuals: kept.map((t) => new Residuals(t)), maxLength, track };
    })
    .filter(({ trees }) => trees.length > 0);

const specs = (groups: readonly TrackedGroup[]): GroupSpec[] =>
  groups.map(({ trees, maxLength, track }) => ({
    patterns: trees.map((t) => write(t, 'ours')),
    maxLength,
    track,
  }));

/** A check without rhyme or reason, but always the same. */
const verdictOf =
  (seed: number): Verdict =>
  (g, p, start, end) =>
    seed === 0 || ((seed * 31 + g * 7 + p * 3 + start * 17 + end * 5) >> 2) % 3 !== 0;

interface Seen {
  readonly byGroup: Found[][];
  readonly opens: number[];
}

function watch(
  program: Program,
  count: number,
  verdict: Verdict,
  drive: (cursor: Cursor, opened: () => void) => void,
): Seen {
  const byGroup = Array.from({ length: count }, (): Found[] => []);
  const opens: number[] = [0];
  const cursor = program.cursor(
    (g, p, start, end) => {
      expect(start).toBeGreaterThanOrEqual(opens.at(-1)!);
      const taken = verdict(g, p, start, end);
      byGroup[g]!.push(['match', g, p, start, end, taken]);
      return taken;
    },
    (g, start, end) => {
      expect(start).toBeGreaterThanOrEqual(opens.at(-1)!);
      byGroup[g]!.push(['limit', g, start, end]);
    },
  );
  drive(cursor, () => {
    expect(cursor.open).toBeGreaterThanOrEqual(opens.at(-1)!);
    opens.push(cursor.open);
  });
  return { byGroup: byGroup.map(joined), opens };
}

const inChunks = (program: Program, count: number, verdict: Verdict, chunks: readonly string[]): Seen =>
  watch(program, count, verdict, (cursor, opened) => {
    for (const chunk of chunks) {
      cursor.push(chunk);
      opened();
    }
    cursor.end();
    opened();
  });

function* chunkings(whole: string): Generator<string[]> {
  for (let cuts = 0; cuts < 1 << Math.max(0, whole.length - 1); cuts++) {
    const chunks: string[] = [];
    let from = 0;
    for (let i = 1; i < whole.length; i++) {
      if ((cuts & (1 << (i - 1))) === 0) continue;
      chunks.push(whole.slice(from, i));
      from = i;
    }
    yield [...chunks, whole.slice(from)];
  }
}

const expected = (groups: readonly OracleGroup[], whole: string, verdict: Verdict): Found[][] =>
  groups.map((g, index) => search(index, g, whole, verdict));

const cases = (depth: number, most: number): fc.Arbitrary<Case> =>
  fc
    .array(group(depth), { minLength: 1, maxLength: most })
    .map((groups) => ({ program: compile(specs(groups)), groups }));

const RUNS = Number(process.env.AUTOMATA_RUNS ?? 100);

describe('a program', () => {
  it('finds in a whole text what RegExp says is there, leftmost-longest, with checks and limits', () => {
    fc.assert(
      fc.property(cases(3, 3), text(14), fc.nat(50), ({ program, groups }, whole, seed) => {
        const verdict = verdictOf(seed);
        expect(inChunks(program, groups.length, verdict, [whole]).byGroup).toEqual(
          expected(groups, whole, verdict),
        );
      }),
      { numRuns: 3 * RUNS },
    );
  });

  it('finds the same in every chunking of a text', () => {
    fc.assert(
      fc.property(cases(3, 2), text(7), fc.nat(50), ({ program, groups }, whole, seed) => {
        const verdict = verdictOf(seed);
        const wanted = expected(groups, whole, verdict);
        for (const chunks of chunkings(whole)) {
          expect(inChunks(program, groups.length, verdict, chunks).byGroup).toEqual(wanted);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is open exactly from the earliest start that more text could still turn into a match', () => {
    fc.assert(
      fc.property(cases(2, 2), text(9), fc.nat(50), ({ program, groups }, whole, seed) => {
        const verdict = verdictOf(seed);
        const { opens } = inChunks(program, groups.length, verdict, [...whole]);
        for (let known = 1; known <= whole.length; known++) {
          const before = whole.slice(0, known);
          const wanted = Math.min(...groups.map((g, index) => openOf(index, g, before, verdict)));
          const open = opens[known]!;
          // `a|a\b` has matched after `a`, whatever follows, but is held until what follows has said so twice.
          const twice = groups.some((g) => g.residuals.some((r) => r.matchedAnyway(before, open, known)));
          if (!(open < wanted && twice)) expect([known, open]).toEqual([known, wanted]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('finds the same with tables that hold next to nothing, and with cursors in turns', () => {
    fc.assert(
      fc.property(
        cases(3, 3),
        text(20),
        text(20),
        fc.constantFrom(0, 2000, 6000),
        ({ program, groups }, a, b, cacheBytes) => {
          const verdict = verdictOf(7);
          const small = compile(specs(groups), { cacheBytes });
          const seen: Found[][] = [[], []];
          const cursors = seen.map((found) =>
            small.cursor((g, p, start, end) => {
              found.push(['match', g, p, start, end, verdict(g, p, start, end)]);
              return verdict(g, p, start, end);
            }),
          );
          for (let i = 0; i < 20; i++) {
            cursors[0]!.push(a.slice(i, i + 1));
            cursors[1]!.push(b.slice(i, i + 1));
          }
          for (const cursor of cursors) cursor.end();
          [a, b].forEach((whole, i) => {
            const wanted = inChunks(program, groups.length, verdict, [whole]).byGroup;
            for (let g = 0; g < groups.length; g++) {
              const matches = seen[i]!.filter((f) => f[1] === g);
              expect(matches).toEqual(wanted[g]!.filter((f) => f[0] === 'match'));
            }
          });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('goes on in a copy as in the original, and shows the same kept text', () => {
    fc.assert(
      fc.property(cases(3, 2), text(12), fc.nat(12), ({ program, groups }, whole, cut) => {
        const verdict = verdictOf(3);
        const found: Found[][] = [[], []];
        const listen =
          (list: Found[]) =>
          (g: number, p: number, start: number, end: number): boolean => {
            list.push(['match', g, p, start, end, verdict(g, p, start, end)]);
            return verdict(g, p, start, end);
          };
        const original = program.cursor(listen(found[0]!));
        for (const unit of whole.slice(0, cut)) original.push(unit);
        found[0] = [];
        const first = original.clone(listen(found[0]));
        const second = first.clone(listen(found[1]!));
        expect([second.position, second.open]).toEqual([first.position, first.open]);
        expect(second.slice(second.open, second.position)).toBe(whole.slice(second.open, second.position));
        for (const cursor of [first, second]) {
          cursor.push(whole.slice(cut));
          cursor.end();
        }
        expect(found[1]).toEqual(found[0]);
        expect(groups.length).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});
