// The view `base58`: a run of Bitcoin's alphabet is one number, so it is held to its end, and what it says stands for all of
// it. Only runs that are text from end to end count.
import { plausible } from './plausible.ts';
import { type RunDecoder, runs, valuesIn } from './runs.ts';
import { SHORTEST_RUN } from './sextets.ts';
import { NOWHERE, type Opener, Units } from './view.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Characters of a run: time grows with the square of their number. */
const LONGEST = 256;

/** The bytes of a number in base 58; each leading zero is a byte. */
export function bytesOf58(digits: readonly number[]): number[] {
  const bytes: number[] = [];
  for (const digit of digits) {
    let carry = digit;
    for (let i = 0; i < bytes.length; i += 1) {
      carry += bytes[i]! * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) bytes.push(carry);
  }
  for (let i = 0; digits[i] === 0; i += 1) bytes.push(0);
  return bytes.reverse();
}

/** A run is one number, so it is held to its end, and all of what it says stands for all of it. */
class Base58 implements RunDecoder {
  private digits: number[] = [];
  private start = 0;
  private end = 0;

  take(digit: number, start: number, end: number): void {
    if (this.digits.length === 0) this.start = start;
    this.end = end;
    if (this.digits.length <= LONGEST) this.digits.push(digit);
  }

  flush(): void {}

  finish(open: Opener): void {
    const { digits } = this;
    this.digits = [];
    if (digits.length < SHORTEST_RUN || digits.length > LONGEST) return;
    const text = plausible(bytesOf58(digits));
    if (text === undefined) return;
    const units = new Units();
    units.put(text, this.start, this.end);
    const segment = open();
    segment.push(units);
    segment.end();
  }

  get idle(): boolean {
    return this.digits.length === 0;
  }

  get hold(): number {
    const { length } = this.digits;
    return length > 0 && length <= LONGEST ? this.start : NOWHERE;
  }

  clone(): RunDecoder {
    const copy = new Base58();
    copy.digits = this.digits.slice();
    copy.start = this.start;
    copy.end = this.end;
    return copy;
  }
}

export const base58 = runs('base58', valuesIn(ALPHABET, false), () => new Base58());
