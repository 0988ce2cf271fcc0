// Stand-ins in a lane: found as they arrive, hidden from the scanner, and remembered with what they stand for.
// Whether one stands inside a URL is decided here, from what is before it. It must not know how anything is written out.
import { OPAQUE } from '../scanner/matcher.ts';

export interface StandIn {
  readonly start: number;
  readonly end: number;
  /** What it is turned back into; undefined inside a URL, where the value would leave by being fetched. */
  readonly value: string | undefined;
}

/** Stand-ins by their first unit, the longest first. */
type Index = ReadonlyMap<string, readonly string[]>;

const indexes = new WeakMap<ReadonlyMap<string, string>, Index>();

function indexOf(restore: ReadonlyMap<string, string>): Index {
  const known = indexes.get(restore);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const standIn of [...restore.keys()].sort((a, b) => b.length - a.length)) {
    if (standIn === '') continue;
    const sameFirst = index.get(standIn[0]!);
    if (sameFirst) sameFirst.push(standIn);
    else index.set(standIn[0]!, [standIn]);
  }
  indexes.set(restore, index);
  return index;
}

/**
 * Follows a text and knows whether it is inside a URL: from `//` to the next space, quote, angle bracket or backtick, or
 * from `](` to the closing parenthesis or the end of the line. Backslashes are passed over, so that `\/\/` counts as well.
 */
class UrlContext {
  private previous = '';
  private inAddress = false;
  private inTarget = false;

  get inUrl(): boolean {
    return this.inAddress || this.inTarget;
  }

  read(text: string): void {
    for (let i = 0; i < text.length; i += 1) this.step(text[i]!);
  }

  private step(unit: string): void {
    if (unit === '\\') return;
    if (unit === '/' && this.previous === '/') this.inAddress = true;
    else if (unit === '(' && this.previous === ']') this.inTarget = true;
    else if (/[\s"'<>`]/.test(unit)) this.inAddress = false;
    if (unit === ')' || unit === '\n') this.inTarget = false;
    this.previous = unit;
  }
}

export class StandIns {
  private readonly restore: ReadonlyMap<string, string>;
  private readonly index: Index;
  private readonly url = new UrlContext();
  /** The end of the text so far that may be the beginning of a stand-in. */
  private pending = '';
  /** Lane offset of `pending`. */
  private at = 0;
  /** Stand-ins not yet taken, in order. */
  readonly found: StandIn[] = [];

  constructor(restore: ReadonlyMap<string, string>) {
    this.restore = restore;
    this.index = indexOf(restore);
  }

  /** What the scanner may read: as long as the text it stands for, with stand-ins opaque, and without an undecided end. */
  push(chunk: string): string {
    return this.read(this.pending + chunk, false);
  }

  end(): string {
    return this.read(this.pending, true);
  }

  private read(text: string, last: boolean): string {
    let out = '';
    let from = 0;
    let i = 0;
    while (i < text.length) {
      const same = this.index.get(text[i]!);
      const whole = same?.find((standIn) => text.startsWith(standIn, i));
      const longer = same?.some(
        (s) => s.length > (whole?.length ?? 0) && s.length > text.length - i && s.startsWith(text.slice(i)),
      );
      if (longer && !last) break;
      if (whole === undefined) {
        i += 1;
        continue;
      }
      out += this.pass(text.slice(from, i));
      const { inUrl } = this.url;
      const end = this.at + whole.length;
      this.found.push({ start: this.at, end, value: inUrl ? undefined : this.restore.get(whole)! });
      this.url.read(whole);
      this.at = end;
      out += OPAQUE.repeat(whole.length);
      i += whole.length;
      from = i;
    }
    out += this.pass(text.slice(from, i));
    this.pending = text.slice(i);
    return out;
  }

  private pass(text: string): string {
    this.url.read(text);
    this.at += text.length;
    return text;
  }
}
