// The views `rot13` and `reversed`: words long enough to be tokens, their letters moved by thirteen places or read from the
// end. Each is held to its end. Only words with digits count: names in code and prose have none, tokens nearly always do.
import { type RunDecoder, runs } from './runs.ts';
import { SHORTEST_RUN, sextetOf } from './sextets.ts';
import { NOWHERE, type Opener, Units } from './view.ts';

/** Characters of a word: a longer one is none of the known tokens, and is not waited for. */
export const LONGEST_WORD = 256;

/** Reads a word in another way; undefined when it is not worth it. */
type Turn = (word: Units) => Units | undefined;

class Turned implements RunDecoder {
  private readonly turn: Turn;
  private word = new Units();

  constructor(turn: Turn) {
    this.turn = turn;
  }

  take(unit: number, start: number, end: number): void {
    if (this.word.length <= LONGEST_WORD) this.word.put(String.fromCharCode(unit), start, end);
  }

  flush(): void {}

  finish(open: Opener): void {
    const { word } = this;
    if (word.length === 0) return;
    this.word = new Units();
    if (word.length < SHORTEST_RUN || word.length > LONGEST_WORD) return;
    const turned = this.turn(word);
    if (!turned) return;
    const segment = open();
    segment.push(turned);
    segment.end();
  }

  get idle(): boolean {
    return this.word.length === 0;
  }

  get hold(): number {
    const { length, offsets } = this.word;
    return length > 0 && length <= LONGEST_WORD ? offsets.start(0) : NOWHERE;
  }

  clone(): RunDecoder {
    const copy = new Turned(this.turn);
    copy.word = this.word.clone();
    return copy;
  }
}

const moved = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode(code + ((code & 31) <= 13 ? 13 : -13));
  });

const rotate: Turn = (word) => {
  const { text } = word;
  // Of hexadecimal digits alone (a hash, an identifier) no token consists.
  if (!/[0-9]/.test(text) || !/[A-Za-z]/.test(text) || /^[0-9A-Fa-f-]+$/.test(text)) return undefined;
  const turned = new Units();
  [...moved(text)].forEach((unit, i) => {
    turned.put(unit, word.offsets.start(i), word.offsets.end(i));
  });
  return turned;
};

/** Digits alone count when they may be a card's. All of what the word says stands for the whole of it. */
const reverse: Turn = (word) => {
  const { text } = word;
  if (!/[0-9]/.test(text) || (!/[A-Za-z]/.test(text) && !/^[0-9]{16}$/.test(text))) return undefined;
  const turned = new Units();
  turned.put([...text].reverse().join(''), word.offsets.start(0), word.offsets.end(text.length - 1));
  return turned;
};

/** Each unit that may be part of an encoded word, as itself. */
const UNITS = Int8Array.from({ length: 128 }, (_, unit) => (sextetOf(unit) < 0 ? -1 : unit));

export const rot13 = runs('rot13', UNITS, () => new Turned(rotate));
export const reversed = runs('reversed', UNITS, () => new Turned(reverse));
