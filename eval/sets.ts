// Puts the sets together: values in carriers, the detectors' own examples in carriers, values in disguise, attacks, and
// what is harmless. Same seed, same sets. It must not look at how detectors find what they find.
import type { Detector } from '@sluice/inspect';
import type { Direction } from '@sluice/types';
import { answersOf, promptsOf } from './attacks/index.ts';
import { type Carrier, carriers } from './carriers.ts';
import { disguises } from './disguises.ts';
import { type Draw, drawFrom } from './draw.ts';
import { type Labelled, marked, unmarked } from './labelled.ts';
import { negatives } from './negatives.ts';
import { examplesOf } from './values/examples.ts';
import { personal } from './values/personal.ts';
import { secrets } from './values/secrets.ts';
import type { Maker } from './values/value.ts';

export interface Sizes {
  readonly seed: number;
  /** Draws for each maker and carrier. */
  readonly values: number;
  /** Examples of each detector. */
  readonly examples: number;
  /** Draws for each maker and disguise. */
  readonly disguised: number;
  /** Draws for each sort of harmless text. */
  readonly harmless: number;
  /** Draws for each group of attacks or answers. */
  readonly attacks: number;
}

export interface Sets {
  /** Values by independent makers. */
  readonly values: readonly Labelled[];
  readonly examples: readonly Labelled[];
  readonly disguised: readonly Labelled[];
  readonly harmless: readonly Labelled[];
  readonly attacks: readonly Labelled[];
  readonly harmlessPrompts: readonly Labelled[];
  readonly leaks: readonly Labelled[];
  readonly lookAlikes: readonly Labelled[];
}

const makers: readonly Maker[] = [...secrets, ...personal];

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

const carries = (carrier: Carrier, maker: Maker, value: string): boolean =>
  (carrier.named || maker.needsName !== true) && !(carrier.oneLine === true && value.includes('\n'));

function valuesIn(draw: Draw, count: number): Labelled[] {
  return makers.flatMap((maker) =>
    carriers.flatMap((carrier) =>
      times(count, () => maker.make(draw))
        .filter((value) => carries(carrier, maker, value))
        .map((value) => ({
          ...unmarked(carrier.write(maker.name, marked(value), draw)),
          what: maker.kind,
          carrier: carrier.name,
          disguise: 'none',
          direction: 'response' as const,
        })),
    ),
  );
}

/** An example brings the words around its value along; the carriers write it where a note stands. */
function examplesIn(draw: Draw, detectors: readonly Detector[], count: number): Labelled[] {
  return detectors
    .filter(({ kind }) => /^(?:secret|pii)\./.test(kind))
    .flatMap((detector) => examplesOf(detector, count))
    .map(({ kind, before, value, after, direction }) => {
      const whole = before + marked(value) + after;
      const carrier = draw.pick(carriers.filter((one) => !(one.oneLine === true && whole.includes('\n'))));
      return {
        ...unmarked(carrier.write('note', whole, draw)),
        what: kind,
        carrier: carrier.name,
        disguise: 'none',
        direction: direction ?? ('response' as const),
      };
    });
}

function disguisedIn(draw: Draw, count: number): Labelled[] {
  const bare = makers.filter(({ needsName }) => needsName !== true);
  return disguises.flatMap(({ name, wear }) =>
    bare.flatMap((maker) =>
      times(count, () => maker.make(draw))
        .filter((value) => !value.includes('\n'))
        .map((value) => ({
          ...unmarked(`Here it is, as you asked:\n${marked(wear(value))}\nThat is all.`),
          what: maker.kind,
          carrier: 'answer',
          disguise: name,
          direction: 'response' as const,
        })),
    ),
  );
}

function plain(
  draw: Draw,
  groups: readonly { readonly name: string; readonly make: (draw: Draw) => string }[],
  count: number,
  direction: Direction,
): Labelled[] {
  return groups.flatMap(({ name, make }) =>
    times(count, () => ({
      text: make(draw),
      spans: [],
      what: name,
      carrier: name,
      disguise: 'none',
      direction,
    })),
  );
}

export function setsOf(detectors: readonly Detector[], sizes: Sizes): Sets {
  // Each set has a sequence of its own, so that a change of one leaves the others as they are.
  const draw = (of: number): Draw => drawFrom(sizes.seed * 101 + of);
  return {
    values: valuesIn(draw(1), sizes.values),
    examples: examplesIn(draw(2), detectors, sizes.examples),
    disguised: disguisedIn(draw(3), sizes.disguised),
    harmless: plain(draw(4), negatives, sizes.harmless, 'response'),
    attacks: plain(draw(5), promptsOf.attacks, sizes.attacks, 'prompt'),
    harmlessPrompts: plain(draw(6), promptsOf.harmless, sizes.attacks, 'prompt'),
    leaks: plain(draw(7), answersOf.leaks, sizes.attacks, 'response'),
    lookAlikes: plain(draw(8), answersOf.lookAlikes, sizes.attacks, 'response'),
  };
}
