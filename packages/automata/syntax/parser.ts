// RE2-style syntax to a tree. Source: RE2's "Syntax" page; what differs is listed in docs/design/automata.md.
// Captures and laziness are read and dropped: neither changes which text matches, leftmost-longest.
import { type Assertion, concat, either, type Node } from './ast.ts';
import { type CharSet, EVERYTHING, MAX_CODE_POINT, negate, normalize } from './charset.ts';
import { NEWLINE, PERL, POSIX, unicodeProperty } from './classes.ts';
import { PatternError, type PatternProblem } from './error.ts';
import { foldCase } from './fold.ts';

/** The largest count in {n,m}, as in RE2. */
export const MAX_REPEAT = 1000;
/** Groups within groups. */
export const MAX_NESTING = 200;

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = { i: 'ignoreCase', s: 'dotAll', m: 'multiline' };

const CONTROL: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };

const ESCAPED_ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'word-boundary',
  B: 'not-word-boundary',
};

const LOOKAROUND = ['(?=', '(?!', '(?<=', '(?<!', '(?>'];

class Parser {
  readonly source: string;
  at = 0;
  depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  fail(what: string, problem: PatternProblem = 'syntax', at = this.at): never {
    throw new PatternError(problem, this.source, at, what);
  }

  peek(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  eat(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += text.length;
    return true;
  }

  whole(flags: Flags): Node {
    const node = this.alternatives(flags);
    if (this.at < this.source.length) this.fail('unmatched )');
    return node;
  }

  /** Up to the closing parenthesis or the end. Flags set inside hold to the end of the group. */
  alternatives(flags: Flags): Node {
    if (++this.depth > MAX_NESTING) this.fail('nested too deeply', 'too-large');
    const options: Node[] = [];
    let items: Node[] = [];
    while (this.at < this.source.length && !this.peek(')')) {
      if (this.eat('|')) {
        options.push(concat(items));
        items = [];
        continue;
      }
      const set = this.flagGroup(flags);
      if (set) flags = set;
      else if (this.eat('\\Q')) this.quoted(flags, items);
      else items.push(this.repeated(this.atom(flags)));
    }
    options.push(concat(items));
    this.depth--;
    return either(options);
  }

  /** `(?ims-ims)` without a colon: new flags for what follows. */
  flagGroup(flags: Flags): Flags | undefined {
    const match = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?\)/.exec(this.source.slice(this.at, this.at + 16));
    if (!match) return undefined;
    const changed = this.withFlags(flags, match[1]!, match[2] ?? '');
    this.at += match[0].length;
    return changed;
  }

  withFlags(flags: Flags, on: string, off: string): Flags {
    const changed = { ...flags };
    for (const letter of on + off) {
      // U swaps greedy and lazy, which makes no difference here.
      if (letter === 'U') continue;
      const name = FLAG_LETTERS[letter];
      if (!name) this.fail(`unknown flag ${letter}`);
      changed[name] = on.includes(letter);
    }
    return changed;
  }

  /** \Q…\E: characters as they stand. A count after \E applies to the last of them. */
  quoted(flags: Flags, items: Node[]): void {
    const close = this.source.indexOf('\\E', this.at);
    const end = close < 0 ? this.source.length : close;
    const literals = [...this.source.slice(this.at, end)].map((c) => this.literal(c.codePointAt(0)!, flags));
    this.at = close < 0 ? end : end + 2;
    const last = literals.pop();
    items.push(...literals);
    if (last) items.push(this.repeated(last));
  }

  atom(flags: Flags): Node {
    const start = this.at;
    const c = this.codePoint();
    switch (String.fromCodePoint(c)) {
      case '(':
        return this.group(flags, start);
      case '[':
        return this.set(this.bracket(flags, start));
      case '.':
        return this.set(flags.dotAll ? EVERYTHING : negate(NEWLINE));
      case '^':
        return { kind: 'assert', assertion: flags.multiline ? 'line-start' : 'text-start' };
      case '$':
        return { kind: 'assert', assertion: flags.multiline ? 'line-end' : 'text-end' };
      case '*':
      case '+':
      case '?':
        return this.fail('nothing to repeat', 'syntax', start);
      case '\\':
        return this.escape(flags, start);
      default:
        return this.literal(c, flags);
    }
  }

  literal(c: number, flags: Flags): Node {
    return this.set(flags.ignoreCase ? foldCase([c, c]) : [c, c]);
  }

  set(set: CharSet): Node {
    return { kind: 'set', set };
  }

  group(flags: Flags, start: number): Node {
    for (const form of LOOKAROUND) {
      if (this.source.startsWith(form, start)) this.fail('lookaround is not supported', 'unsupported', start);
    }
    let inner = flags;
    if (this.eat('?')) {
      const head = /^(?:P?<[A-Za-z_]\w*>|([a-zA-Z]*)(?:-([a-zA-Z]+))?:)/.exec(
        this.source.slice(this.at, this.at + 256),
      );
      if (!head) this.fail('unknown group', 'syntax', start);
      if (head[0].endsWith(':')) inner = this.withFlags(flags, head[1] ?? '', head[2] ?? '');
      this.at += head[0].length;
    }
    const node = this.alternatives(inner);
    if (!this.eat(')')) this.fail('missing )', 'syntax', start);
    return node;
  }

  repeated(item: Node): Node {
    const bounds = this.bounds();
    if (!bounds) return item;
    this.eat('?');
    // As in RE2: a** says nothing new, and a++ means something else elsewhere.
    if (this.bounds()) this.fail('repetition of a repetition needs parentheses');
    return { kind: 'repeat', item, min: bounds[0], max: bounds[1] };
  }

  bounds(): readonly [number, number] | undefined {
    if (this.eat('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.eat('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.eat('?')) return [0, 1];
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.source.slice(this.at, this.at + 24));
    if (!counted) return undefined; // a brace that is no count stands for itself
    const min = Number(counted[1]);
    const max = counted[2] ? (counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY) : min;
    if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT)) {
      this.fail(`repeats more than ${MAX_REPEAT} times`, 'too-large');
    }
    if (max < min) this.fail('repeat bounds in reverse order');
    this.at += counted[0].length;
    return [min, max];
  }

  codePoint(): number {
    const c = this.source.codePointAt(this.at)!;
    this.at += c > 0xffff ? 2 : 1;
    return c;
  }

  escape(flags: Flags, start: number): Node {
    const letter = this.source[this.at];
    const assertion = letter === undefined ? undefined : ESCAPED_ASSERTIONS[letter];
    if (assertion) {
      this.at++;
      return { kind: 'assert', assertion };
    }
    const named = this.namedSet(flags);
    if (named) return this.set(named);
    return this.literal(this.escapedPoint(start), flags);
  }

  /** \d \w \s \p{…} and their complements, after the backslash. */
  namedSet(flags: Flags): CharSet | undefined {
    const letter = this.source[this.at] ?? '';
    const perl = PERL[letter.toLowerCase()];
    if (perl) {
      this.at++;
      return letter === letter.toLowerCase() ? perl : negate(perl);
    }
    if (letter !== 'p' && letter !== 'P') return undefined;
    const match = /^[pP](?:([A-Z])|\{(\^?)([^}]*)\})/.exec(this.source.slice(this.at, this.at + 64));
    const found = match && unicodeProperty(match[1] ?? match[3]!);
    if (!found) this.fail('unknown character property', 'syntax', this.at - 1);
    this.at += match[0].length;
    const set = flags.ignoreCase ? foldCase(found) : found;
    return (letter === 'P') !== (match[2] === '^') ? negate(set) : set;
  }

  /** An escape that stands for one code point, after the backslash. */
  escapedPoint(start: number): number {
    if (this.at >= this.source.length) this.fail('trailing backslash', 'syntax', start);
    const rest = this.source.slice(this.at, this.at + 16);
    const hex = /^(?:x([0-9A-Fa-f]{2})|[xu]\{([0-9A-Fa-f]{1,8})\}|u([0-9A-Fa-f]{4}))/.exec(rest);
    if (hex) {
      this.at += hex[0].length;
      const value = Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16);
      if (value > MAX_CODE_POINT) this.fail('no such code point', 'syntax', start);
      return value;
    }
    const octal = /^0[0-7]{0,2}/.exec(rest);
    if (octal) {
      this.at += octal[0].length;
      return Number.parseInt(octal[0], 8);
    }
    if (/^[1-9]|^k[<{]/.test(rest)) this.fail('backreferences are not supported', 'unsupported', start);
    const c = this.codePoint();
    const letter = String.fromCodePoint(c);
    if (CONTROL[letter] !== undefined) return CONTROL[letter];
    if (/[A-Za-z]/.test(letter)) this.fail(`unknown escape \\${letter}`, 'syntax', start);
    return c;
  }

  bracket(flags: Flags, start: number): CharSet {
    const negated = this.eat('^');
    const pairs: number[] = [];
    const literal: number[] = [];
    for (let first = true; first || !this.peek(']'); first = false) {
      if (this.at >= this.source.length) this.fail('missing ]', 'syntax', start);
      const named = this.posix() ?? (this.eat('\\') ? this.namedOrBack(flags) : undefined);
      if (named) {
        pairs.push(...named);
        continue;
      }
      const from = this.classPoint();
      let to = from;
      if (this.peek('-') && this.source[this.at + 1] !== undefined && this.source[this.at + 1] !== ']') {
        this.at++;
        to = this.classPoint();
        if (to < from) this.fail('range in reverse order', 'syntax', start);
      }
      literal.push(from, to);
    }
    this.at++;
    const plain = normalize(literal);
    const set = normalize([...pairs, ...(flags.ignoreCase ? foldCase(plain) : plain)]);
    return negated ? negate(set) : set;
  }

  namedOrBack(flags: Flags): CharSet | undefined {
    const named = this.namedSet(flags);
    if (!named) this.at--;
    return named;
  }

  posix(): CharSet | undefined {
    const match = /^\[:(\^?)(\w*):\]/.exec(this.source.slice(this.at, this.at + 16));
    if (!match) return undefined;
    const set = POSIX[match[2]!];
    if (!set) this.fail('unknown POSIX class');
    this.at += match[0].length;
    return match[1] ? negate(set) : set;
  }

  classPoint(): number {
    const start = this.at;
    if (start >= this.source.length) this.fail('missing ]');
    if (!this.eat('\\')) return this.codePoint();
    if (this.eat('b')) this.fail('\\b has no meaning in a class', 'syntax', start);
    return this.escapedPoint(start);
  }
}

/** Reads a pattern. Throws PatternError. */
export function parse(pattern: string, ignoreCase = false): Node {
  return new Parser(pattern).whole({ ignoreCase, dotAll: false, multiline: false });
}
