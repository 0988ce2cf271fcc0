// One form of a JSON value for digests: what two bodies share when they mean the same. After RFC 8785 (members in the order of
// their UTF-16 names, no white space, one escaping), but number lexemes stay as they were sent: 1.0 and 1 are not the same here.
import { quote } from './string.ts';
import * as T from './tape.ts';

/** Canonical text of the root, without the named members of the root object. */
export function canonical(tape: T.Tape, without: ReadonlySet<string>): string {
  return write(tape, 0, without);
}

const NONE: ReadonlySet<string> = new Set();

function write(tape: T.Tape, node: number, without: ReadonlySet<string>): string {
  switch (tape.kind(node)) {
    case T.OBJECT: {
      const members: (readonly [string, number])[] = [];
      const end = tape.next(node);
      for (let key = node + T.ROW; key < end; key = tape.next(key + T.ROW)) {
        const name = tape.text(key);
        if (!without.has(name)) members.push([name, key + T.ROW]);
      }
      members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${members.map(([name, value]) => `${quote(name)}:${write(tape, value, NONE)}`).join(',')}}`;
    }
    case T.ARRAY:
      return `[${tape
        .elements(node)
        .map((element) => write(tape, element, NONE))
        .join(',')}]`;
    case T.STRING:
      return quote(tape.text(node));
    default:
      return tape.text(node);
  }
}
