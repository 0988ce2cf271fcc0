// Splices edits into bytes: only the named ranges change, everything else passes on byte for byte. Knows no JSON structure
// beyond the commas of the elements that it removes.
import { quote } from './string.ts';
import { NUMBER, type Tape } from './tape.ts';

/** Replace `bytes[start, end)` by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const NUMBER_LEXEME = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The edit that gives a string, key or number a new text. A number that no longer reads as one becomes a string. */
export function replaceNode(tape: Tape, node: number, text: string): Edit {
  const token = tape.kind(node) === NUMBER && NUMBER_LEXEME.test(text) ? text : quote(text);
  return { start: tape.tokenStart(node), end: tape.tokenEnd(node), text: token };
}

/** The edits that take the elements for which `drop` holds out of an array, commas included. */
export function removeElements(tape: Tape, array: number, drop: (position: number) => boolean): Edit[] {
  const edits: Edit[] = [];
  const elements = tape.elements(array);
  const first = elements.findIndex((_, position) => !drop(position));
  if (first < 0) {
    const last = elements.at(-1);
    return last === undefined
      ? []
      : [{ start: tape.tokenStart(elements[0]!), end: tape.tokenEnd(last), text: '' }];
  }
  if (first > 0)
    edits.push({ start: tape.tokenStart(elements[0]!), end: tape.tokenStart(elements[first]!), text: '' });
  for (let i = first + 1; i < elements.length; i++)
    if (drop(i))
      edits.push({ start: tape.tokenEnd(elements[i - 1]!), end: tape.tokenEnd(elements[i]!), text: '' });
  return edits;
}

/** `bytes[from, to)` with the edits applied. An edit inside another's range is void: what held it is gone. */
export function splice(bytes: Buffer, from: number, to: number, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return bytes.subarray(from, to);
  const ordered = edits.length === 1 ? edits : [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: Uint8Array[] = [];
  let done = from;
  for (const edit of ordered) {
    if (edit.start < done) continue;
    if (edit.start > done) parts.push(bytes.subarray(done, edit.start));
    if (edit.text !== '') parts.push(Buffer.from(edit.text));
    done = edit.end;
  }
  if (done < to) parts.push(bytes.subarray(done, to));
  return Buffer.concat(parts);
}
