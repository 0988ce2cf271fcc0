// Edits in a lane whose text is JSON source (tool arguments), so that what was valid JSON stays valid JSON:
// - inside a string a replacement is escaped, and an escape is taken whole or not at all;
// - a number, `true`, `false` or `null` is taken whole, and a string stands in its place;
// - brackets, commas, colons, quotes and spaces between values stay, even within a masked stretch.
// RFC 8259. It is never told that the text is valid, and must pass on what is not without harm.
import { json } from '../views/json.ts';
import { Units } from '../views/view.ts';
import type { Writer } from './writer.ts';

/** Units of a number or literal that wait for its end; of a longer one only the part that is out already stays. */
const LONGEST_SCALAR = 256;

const STRUCTURE = new Set('{}[]:, \t\r\n');
const isHex = (unit: string): boolean => /^[0-9A-Fa-f]$/.test(unit);

/** Where in JSON source a unit stands. */
type Place =
  | { readonly at: 'between' }
  | { readonly at: 'scalar'; readonly length: number }
  | { readonly at: 'string' }
  /** `left` hexadecimal digits are still to come; -1: the unit after the backslash is. */
  | { readonly at: 'escape'; readonly left: number; readonly length: number };

const BETWEEN: Place = { at: 'between' };
const STRING: Place = { at: 'string' };

/** Part of a JSON text that a unit belongs to: something that is masked whole, or a unit that stays. */
type Part = 'stays' | 'content' | 'scalar';

interface Step {
  readonly place: Place;
  readonly part: Part;
}

function step(place: Place, unit: string): Step {
  switch (place.at) {
    case 'string':
      if (unit === '"') return { place: BETWEEN, part: 'stays' };
      if (unit === '\\') return { place: { at: 'escape', left: -1, length: 1 }, part: 'content' };
      return { place: STRING, part: 'content' };
    case 'escape': {
      if (place.left === -1) {
        if (unit === 'u') return { place: { at: 'escape', left: 4, length: 2 }, part: 'content' };
        return { place: STRING, part: 'content' };
      }
      if (!isHex(unit)) return step(STRING, unit);
      const left = place.left - 1;
      return {
        place: left === 0 ? STRING : { at: 'escape', left, length: place.length + 1 },
        part: 'content',
      };
    }
    default:
      if (unit === '"') return { place: STRING, part: 'stays' };
      if (STRUCTURE.has(unit)) return { place: BETWEEN, part: 'stays' };
      return {
        place: { at: 'scalar', length: place.at === 'scalar' ? place.length + 1 : 1 },
        part: 'scalar',
      };
  }
}

/** What must be taken whole with the unit before this place: units back to where it begins. */
const within = (place: Place): number =>
  place.at === 'escape' || (place.at === 'scalar' && place.length <= LONGEST_SCALAR) ? place.length : 0;

const inString = (place: Place): boolean => place.at === 'string' || place.at === 'escape';

/** What a mask that ended within an escape or a scalar still takes along. */
type Rest = 'escape' | 'scalar' | undefined;

const belongs = (rest: Rest, place: Place, next: Step): boolean =>
  rest === 'escape' ? place.at === 'escape' && next.part === 'content' : next.part === 'scalar';

/** The text as it stands inside a JSON string. */
export const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

function unescaped(source: string): string {
  const units = new Units();
  const reading = json.open();
  reading.read({ text: source, base: 0, offsets: undefined }, units);
  reading.end(units);
  return units.text;
}

export class JsonWriter implements Writer {
  readonly waiting = 0;
  private place: Place = BETWEEN;
  private rest: Rest;
  private replacement = '';
  /** Whether the part that is being masked has its replacement already. */
  private written = false;
  /** Of the scalar at this place, something has gone out. */
  private begun = false;

  keep(text: string): string {
    let i = this.dropped(text, text.length, (place) => {
      this.place = place;
    });
    if (i < text.length) this.rest = undefined;
    const from = i;
    for (; i < text.length; i += 1) {
      this.place = step(this.place, text[i]!).place;
      this.begun = this.place.at === 'scalar';
    }
    return text.slice(from);
  }

  open(replacement: string): void {
    this.replacement = replacement;
    if (this.rest !== 'scalar') this.written = false;
    this.rest = undefined;
  }

  mask(text: string): string {
    let out = '';
    for (const unit of units(text)) {
      const next = step(this.place, unit);
      if (next.part === 'stays') {
        out += unit;
        this.written = false;
        this.begun = false;
      } else if (!this.written) {
        out += this.instead(next.part);
        this.written = true;
      }
      this.place = next.place;
    }
    return out;
  }

  close(): string {
    const { at } = this.place;
    this.rest = at === 'escape' || at === 'scalar' ? at : undefined;
    return '';
  }

  restore(_standIn: string, value: string): string {
    return inString(this.place) ? escaped(value) : JSON.stringify(value);
  }

  end(): string {
    return '';
  }

  settled(text: string, limit: number): number {
    let { place } = this;
    let i = this.dropped(text, limit, (next) => {
      place = next;
    });
    if (i === limit && this.rest) return limit;
    for (; i < limit; i += 1) place = step(place, text[i]!).place;
    const next = text[limit];
    const ended = place.at === 'scalar' && next !== undefined && step(place, next).part !== 'scalar';
    return ended ? limit : Math.max(0, limit - within(place));
  }

  plain(source: string): string {
    return inString(this.place) ? unescaped(source) : source;
  }

  /** How many units, below `limit`, the last mask still takes along; tells the place after each. */
  private dropped(text: string, limit: number, move: (place: Place) => void): number {
    if (!this.rest) return 0;
    let { place } = this;
    for (let i = 0; i < limit; i += 1) {
      const next = step(place, text[i]!);
      if (!belongs(this.rest, place, next)) return i;
      place = next.place;
      move(place);
    }
    return limit;
  }

  /** What stands for a masked part. The rest of a scalar that has begun to go out ends it as a number. */
  private instead(part: Part): string {
    if (part === 'content') return escaped(this.replacement);
    return this.begun ? '0' : `"${escaped(this.replacement)}"`;
  }
}

/** Code units, surrogates apart. */
function* units(text: string): Iterable<string> {
  for (let i = 0; i < text.length; i += 1) yield text[i]!;
}
