// Sparse views that undo escapes: each begins with one certain unit and stands for a few others. The base they share; what
// an escape looks like is in json.ts, percent.ts and their like. It must not know where the text comes from.
import { endOf, NOWHERE, type Run, type SparseView, startOf, type Transducer, Units } from './view.ts';

/** What begins at a marker: an escape of so many units and what it reads as, more to come (undefined), or no escape. */
export type Escape = { readonly length: number; readonly read: string } | undefined | 'none';

/**
 * Reads what begins at the marker `text[at]`. `undefined` is bounded: an escape has at most `LONGEST_ESCAPE` units.
 * With `last`, no more text comes, and the answer is never `undefined`.
 */
export type ReadEscape = (text: string, at: number, last: boolean) => Escape;

/** Units after which an escape that goes on is none. */
export const LONGEST_ESCAPE = 256;

class EscapeTransducer implements Transducer {
  sameFor = 0;
  changed = false;
  private readonly marker: string;
  private readonly readEscape: ReadEscape;
  /** An escape that is not finished, from its marker on. */
  private open = new Units();

  constructor(marker: string, readEscape: ReadEscape) {
    this.marker = marker;
    this.readEscape = readEscape;
  }

  get pending(): number {
    return this.open.length === 0 ? NOWHERE : startOf(this.open, 0);
  }

  read(run: Run, out: Units): void {
    if (this.open.length === 0) {
      this.decide(run, out, false);
      return;
    }
    const whole = this.open;
    this.open = new Units();
    whole.copy(run, 0, run.text.length);
    this.decide(whole, out, false);
  }

  end(out: Units): void {
    const rest = this.open;
    this.open = new Units();
    this.decide(rest, out, true);
  }

  clone(): Transducer {
    const copy = new EscapeTransducer(this.marker, this.readEscape);
    copy.sameFor = this.sameFor;
    copy.changed = this.changed;
    copy.open = this.open.clone();
    return copy;
  }

  private decide(run: Run, out: Units, last: boolean): void {
    const { text } = run;
    let same = 0;
    for (let at = text.indexOf(this.marker); at >= 0; ) {
      const found = this.readEscape(text, at, last);
      if (found === undefined) {
        this.copy(run, same, at, out);
        this.open.copy(run, at, text.length);
        return;
      }
      if (found === 'none') {
        at = text.indexOf(this.marker, at + 1);
        continue;
      }
      this.copy(run, same, at, out);
      same = at + found.length;
      out.put(found.read, startOf(run, at), endOf(run, same - 1));
      this.sameFor = 0;
      this.changed = true;
      at = text.indexOf(this.marker, same);
    }
    this.copy(run, same, text.length, out);
  }

  private copy(run: Run, from: number, to: number, out: Units): void {
    out.copy(run, from, to);
    this.sameFor += to - from;
  }
}

/**
 * A sparse view of escapes that begin with `marker`. `second` tells the units that may stand behind it, so that most of the
 * markers that are none cost one look.
 */
export function escapes(name: string, marker: string, second: RegExp, readEscape: ReadEscape): SparseView {
  const unit = marker.charCodeAt(0);
  const follows = Uint8Array.from({ length: 128 }, (_, next) =>
    second.test(String.fromCharCode(next)) ? 1 : 0,
  );
  return {
    name,
    kind: 'sparse',
    mayChange: (other) => other === unit,
    changesAt(text, at, unsure) {
      if (at + 1 === text.length) return true;
      const next = text.charCodeAt(at + 1);
      if (next > 127 || follows[next] === 0) return unsure(text, at + 1);
      if (readEscape(text, at, false) !== 'none') return true;
      for (let end = at + 1; end < text.length; end += 1) {
        if (unsure(text, end)) return true;
        if (readEscape(text.slice(at, end + 1), 0, false) === 'none') return false;
      }
      return false;
    },
    open: () => new EscapeTransducer(marker, readEscape),
  };
}

/** An escape by two sticky expressions: one for it whole, one for the beginning of one at the text's end. */
export function byPattern(
  whole: RegExp,
  partial: RegExp,
  read: (match: RegExpExecArray) => string | undefined,
): ReadEscape {
  return (text, at, last) => {
    // The longer of two is not known before the text goes on.
    partial.lastIndex = at;
    if (!last && text.length - at < LONGEST_ESCAPE && partial.test(text)) return undefined;
    whole.lastIndex = at;
    const match = whole.exec(text);
    const unit = match ? read(match) : undefined;
    return match && unit !== undefined ? { length: match[0].length, read: unit } : 'none';
  };
}

/** The character of a code point in some base, or undefined where there is none. */
export function characterOf(digits: string, radix: number): string | undefined {
  const code = Number.parseInt(digits, radix);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
