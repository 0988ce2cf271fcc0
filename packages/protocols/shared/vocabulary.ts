// The words of a protocol's published schema, so that they need no inspection: a constant that everybody knows is no secret.
// Must not exempt anything by place alone: a value is exempt only when it equals a known constant or has an identifier's shape.
import { ESCAPED, hashBytes } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { isSealed } from './sealed.ts';

/** Digits from which on a number may be a card, an account or a telephone number. */
export const LONG_NUMBER = 9;

/** Digits of a whole number that a known measure may have: milliseconds since 1970 have 13. A longer one is read like any other. */
const LONGEST_COUNT = 13;

/** Names in one text, separated by white space. */
type Names = string;

export interface VocabularySpec {
  /** Member names of the schema. */
  readonly keys: Names;
  /** Enumerated values, by the name of the member that holds them. */
  readonly values: Readonly<Record<string, Names>>;
  /** Shapes of the identifiers that the provider makes, by member name. */
  readonly shapes: Readonly<Record<string, RegExp>>;
  /** Members whose numbers count tokens, name indices or give times. */
  readonly numbers: Names;
  /** Members that hold encrypted or binary data in base64. */
  readonly sealed: Names;
}

/** Bytes of the longest value that is looked up. */
const LONGEST_VALUE = 48;

const split = (names: Names): string[] => names.trim().split(/\s+/);

export class Vocabulary {
  readonly #names: ReadonlyMap<number, string>;
  readonly #values: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly #shapes: ReadonlyMap<string, RegExp>;
  readonly #numbers: ReadonlySet<string>;
  readonly #sealed: ReadonlySet<string>;

  constructor(spec: VocabularySpec) {
    const [keys, numbers, sealed] = [split(spec.keys), split(spec.numbers), split(spec.sealed)];
    this.#names = byHash([
      ...keys,
      ...Object.keys(spec.values),
      ...Object.keys(spec.shapes),
      ...numbers,
      ...sealed,
    ]);
    this.#values = new Map(Object.entries(spec.values).map(([key, values]) => [key, byHash(split(values))]));
    this.#shapes = new Map(Object.entries(spec.shapes));
    this.#numbers = new Set(numbers);
    this.#sealed = new Set(sealed);
  }

  /** The schema's name of a key node, or undefined when the schema has none. A tape is read with one vocabulary only. */
  name(tape: T.Tape, key: number): string | undefined {
    const known = tape.names[key / T.ROW];
    if (known !== undefined) return known === '' ? undefined : known;
    const name = this.#lookUp(tape, key);
    tape.names[key / T.ROW] = name ?? '';
    return name;
  }

  #lookUp(tape: T.Tape, key: number): string | undefined {
    if ((tape.rows[key + T.FLAGS]! & ESCAPED) !== 0) return undefined;
    const name = this.#names.get(tape.rows[key + T.HASH]!);
    return name !== undefined && tape.keyIs(key, name) ? name : undefined;
  }

  /** Text of a string; of an enumerated value without decoding it. */
  text(tape: T.Tape, node: number): string {
    return this.#constant(tape, node, this.nameOf(tape, node)) ?? tape.text(node);
  }

  /** The enumerated value that a string spells out plainly, if any. */
  #constant(tape: T.Tape, node: number, name: string | undefined): string | undefined {
    const values = name === undefined ? undefined : this.#values.get(name);
    if (values === undefined || (tape.rows[node + T.FLAGS]! & ESCAPED) !== 0) return undefined;
    const start = tape.start(node);
    const end = tape.end(node);
    if (end - start > LONGEST_VALUE) return undefined;
    const value = values.get(hashBytes(tape.bytes, start, end));
    return value !== undefined && tape.keyIs(node, value) ? value : undefined;
  }

  /** The schema's name under which a value stands; elements of an array stand under the array's. */
  nameOf(tape: T.Tape, value: number): string | undefined {
    let node = value;
    while (node >= 0 && tape.key(node) < 0) node = tape.parent(node);
    return node < 0 ? undefined : this.name(tape, tape.key(node));
  }

  /** What has to be inspected at a key, string or number: its text, or undefined when there is nothing that could be sensitive. */
  readable(tape: T.Tape, node: number): string | undefined {
    return this.isReadable(tape, node) ? tape.text(node) : undefined;
  }

  /** True when there is something to inspect at a node. Decodes nothing but what may be an identifier or sealed. */
  isReadable(tape: T.Tape, node: number): boolean {
    switch (tape.kind(node)) {
      case T.KEY:
        return this.name(tape, node) === undefined && tape.end(node) > tape.start(node);
      case T.STRING:
        return this.#isText(tape, node);
      case T.NUMBER:
        return this.#isLongNumber(tape, node);
      default:
        return false;
    }
  }

  /** True for encrypted or binary data under a name of the schema that holds such. */
  sealed(tape: T.Tape, node: number): boolean {
    const name = tape.kind(node) === T.STRING ? this.nameOf(tape, node) : undefined;
    return name !== undefined && this.#sealed.has(name) && isSealed(tape.text(node));
  }

  #isText(tape: T.Tape, node: number): boolean {
    if (tape.end(node) === tape.start(node)) return false;
    const name = this.nameOf(tape, node);
    if (name === undefined) return true;
    if (this.#constant(tape, node, name) !== undefined) return false;
    if (this.#shapes.get(name)?.test(tape.text(node))) return false;
    return !(this.#sealed.has(name) && isSealed(tape.text(node)));
  }

  #isLongNumber(tape: T.Tape, node: number): boolean {
    const start = tape.start(node);
    const end = tape.end(node);
    if (end - start < LONG_NUMBER) return false;
    let digits = 0;
    for (let i = start; i < end; i++) if (tape.bytes[i]! >= 0x30 && tape.bytes[i]! <= 0x39) digits++;
    if (digits < LONG_NUMBER) return false;
    const name = this.nameOf(tape, node);
    const isMeasure =
      name !== undefined && this.#numbers.has(name) && !(digits === end - start && digits > LONGEST_COUNT);
    return !isMeasure;
  }
}

/** Names by the hash of their bytes. A collision is found when the table is built, so a look-up compares once. */
function byHash(names: readonly string[]): Map<number, string> {
  const map = new Map<number, string>();
  for (const name of names) {
    const bytes = Buffer.from(name);
    const hash = hashBytes(bytes, 0, bytes.length);
    const other = map.get(hash);
    if (other !== undefined && other !== name)
      throw new Error(`the names ${other} and ${name} have the same hash`);
    map.set(hash, name);
  }
  return map;
}
