// The view `json`: escapes of JSON and of string literals in most languages undone. RFC 8259 section 7, and `\xHH`, `\'`.
// An escape that is not one stays as it is. It must not know whether the text is JSON at all.
import { endOf, NOWHERE, type Run, type SparseView, startOf, type Transducer, Units } from './view.ts';

const SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Letter after the backslash → how many hexadecimal digits follow. */
const HEX: Readonly<Record<string, number>> = { u: 4, x: 2 };

const isHex = (unit: string): boolean => /^[0-9A-Fa-f]$/.test(unit);

class JsonTransducer implements Transducer {
  sameFor = 0;
  /** An escape that is not finished, from its backslash on. */
  private open = new Units();

  get pending(): number {
    return this.open.length === 0 ? NOWHERE : startOf(this.open, 0);
  }

  read(run: Run, out: Units): void {
    const text = run.text;
    let i = 0;
    while (i < text.length) {
      if (this.open.length === 0) {
        const next = text.indexOf('\\', i);
        const until = next < 0 ? text.length : next;
        out.copy(run, i, until);
        this.sameFor += until - i;
        if (next < 0) return;
        this.open.copy(run, next, next + 1);
        i = next + 1;
      } else if (this.step(run, i, out)) i += 1;
    }
  }

  end(out: Units): void {
    this.asItStands(out);
  }

  clone(): Transducer {
    const copy = new JsonTransducer();
    copy.sameFor = this.sameFor;
    copy.open = this.open.clone();
    return copy;
  }

  /** Reads one unit of an escape. False: it is not part of it, and the escape, being none, has been written as it stands. */
  private step(run: Run, i: number, out: Units): boolean {
    const unit = run.text[i]!;
    const { text } = this.open;
    if (text.length === 1) {
      if (unit in HEX) {
        this.open.copy(run, i, i + 1);
        return true;
      }
      const short = SHORT[unit];
      if (short === undefined) {
        this.asItStands(out);
        return false;
      }
      this.write(short, endOf(run, i), out);
      return true;
    }
    if (!isHex(unit)) {
      this.asItStands(out);
      return false;
    }
    this.open.copy(run, i, i + 1);
    const digits = this.open.text.slice(2);
    if (digits.length === HEX[text[1]!]) {
      this.write(String.fromCharCode(Number.parseInt(digits, 16)), endOf(run, i), out);
    }
    return true;
  }

  private write(unit: string, end: number, out: Units): void {
    out.put(unit, startOf(this.open, 0), end);
    this.open = new Units();
    this.sameFor = 0;
  }

  private asItStands(out: Units): void {
    out.append(this.open);
    this.sameFor += this.open.length;
    this.open = new Units();
  }
}

export const json: SparseView = {
  name: 'json',
  kind: 'sparse',
  mayChange: (unit) => unit === 0x5c,
  changesAt: () => true,
  open: () => new JsonTransducer(),
};
