// Puts a value into a YAML text, or takes one out, and leaves every other character as it is: comments, order, spacing, line ends.
// The text is read with the yaml library for its places and cut by them. It must not know what the values mean.
import {
  Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { keyOf } from './yaml.ts';

/** As the last step of a path: behind the last item of a list. */
export const APPEND = '+';

export type Steps = readonly (string | number)[];

type Collection = YAMLMap | YAMLSeq;

/**
 * The text with `value` at `path`, whose last step is a key that is not there yet or APPEND. What is missing on the way is
 * made. Undefined when something on the way is neither a mapping nor a list.
 */
export function insertAt(text: string, path: Steps, value: unknown): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  let node: unknown = document.contents;
  if (!isCollection(node))
    return node === null
      ? `${text}${lineBreak(text)}${blockText(wrap(path, value), 0, lineBreak(text))}\n`
      : undefined;
  for (let i = 0; i < path.length; i++) {
    const here: Collection = node as Collection;
    const step = path[i]!;
    const next = step === APPEND ? undefined : childOf(here, step);
    if (isCollection(next)) {
      node = next;
      continue;
    }
    const rest = wrap(path.slice(i + 1), value);
    if (next === undefined) return intoCollection(text, here, step, rest);
    return isEmptyScalar(next) ? intoEmpty(text, here, step, rest) : undefined;
  }
  return undefined;
}

/** The text without what stands at `path`; undefined when nothing does. */
export function removeAt(text: string, path: Steps): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return undefined;
  const index = isMap(parent)
    ? parent.items.findIndex((pair) => keyOf(pair) === String(path.at(-1)))
    : Number(path.at(-1));
  const item = parent.items[index];
  if (item === undefined) return undefined;
  if (parent.flow === true) return withoutFlowItem(text, parent, index);
  const [from, to] = itemRange(item);
  if (parent.items.length === 1 && path.length > 1)
    return emptied(text, parent, lineStart(text, from), lineEnd(text, to));
  return text.slice(0, lineStart(text, from)) + text.slice(afterLine(text, to));
}

function childOf(node: Collection, step: string | number): unknown {
  if (isSeq(node)) return node.items[Number(step)];
  const pair = node.items.find((item) => keyOf(item) === String(step));
  return pair === undefined ? undefined : (pair.value ?? null);
}

function wrap(path: Steps, value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, step) => (step === APPEND || typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  );
}

/** Behind the last item of a mapping or list that exists. */
function intoCollection(text: string, node: Collection, step: string | number, value: unknown): string {
  const entry = isSeq(node) ? [value] : { [step]: value };
  const [from, to] = rangeOf(node);
  if (node.flow === true) {
    const inside = flowText(entry).slice(1, -1).trim();
    const last = node.items.at(-1);
    if (last === undefined) return emptyFlow(text, entry, from, to);
    const end = itemRange(last)[1];
    return `${text.slice(0, end)}, ${inside}${text.slice(end)}`;
  }
  const first = itemRange(node.items[0]!)[0];
  const column = first - lineStart(text, first) - (isSeq(node) ? dashWidth(text, first) : 0);
  const end = lineEnd(text, itemRange(node.items.at(-1)!)[1]);
  return `${text.slice(0, end)}${lineBreak(text)}${blockText(entry, column, lineBreak(text))}${text.slice(end)}`;
}

/** `{}` or `[]` gives way to a block when it stands at the end of its line in a block, and is filled otherwise. */
function emptyFlow(text: string, entry: unknown, from: number, to: number): string {
  const start = lineStart(text, from);
  const before = /^(\s*(?:- )?)[^\s{}[\],][^{}[\],]*:\s+$/.exec(text.slice(start, from));
  const after = text.slice(to, lineEnd(text, to));
  if (before === null || !/^\s*(?:#.*)?$/.test(after))
    return text.slice(0, from) + flowText(entry) + text.slice(to);
  const indent = before[1]!.length + 2;
  const head = text.slice(0, from).trimEnd() + after.trimEnd();
  return `${head}${lineBreak(text)}${blockText(entry, indent, lineBreak(text))}${text.slice(lineEnd(text, to))}`;
}

/** Under a key that has no value yet. */
function intoEmpty(
  text: string,
  parent: Collection,
  step: string | number,
  value: unknown,
): string | undefined {
  const pair = isMap(parent) ? parent.items.find((item) => keyOf(item) === String(step)) : undefined;
  if (pair === undefined || parent.flow === true || !isNode(pair.key)) return undefined;
  const [from, to] = rangeOf(pair.key);
  const end = lineEnd(text, to);
  return `${text.slice(0, end)}${lineBreak(text)}${blockText(value, from - lineStart(text, from) + 2, lineBreak(text))}${text.slice(end)}`;
}

/** The only item of a block goes: the key keeps an empty collection. */
function emptied(text: string, node: Collection, from: number, to: number): string {
  const before = text.slice(0, from);
  const colon = before.search(/:[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*$/);
  const empty = isSeq(node) ? ' []' : ' {}';
  return `${before.slice(0, colon + 1)}${empty}${before.slice(colon + 1)}${text.slice(afterLine(text, to))}`;
}

/** With its comma: the one behind it, or for the last item the one before. */
function withoutFlowItem(text: string, node: Collection, index: number): string {
  const [from, to] = itemRange(node.items[index]!);
  const next = node.items[index + 1];
  if (next !== undefined) return text.slice(0, from) + text.slice(itemRange(next)[0]);
  return text.slice(0, index === 0 ? from : itemRange(node.items[index - 1]!)[1]) + text.slice(to);
}

/** On one line: `{ find: [a, b], do: mask }`. */
function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([key, item]) => `${flowText(key)}: ${flowText(item)}`).join(', ')} }`;
  }
  // The library knows when a scalar needs quotes; inside a list it may need them where it would not alone.
  const list = new Document([value]);
  (list.contents as unknown as YAMLSeq).flow = true;
  return list.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true }).trim().slice(1, -1);
}

/** Mappings in mappings in blocks; what is in a list, and mappings of plain values, on one line each. */
function blockText(value: unknown, indent: number, eol: string): string {
  return blockLines(value)
    .map((line) => ' '.repeat(indent) + line)
    .join(eol);
}

function blockLines(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((item) => `- ${flowText(item)}`);
  return Object.entries(value as object).flatMap(([key, item]) => {
    if (!isContainer(item)) return [`${flowText(key)}: ${flowText(item)}`];
    return [`${flowText(key)}:`, ...blockLines(item).map((line) => `  ${line}`)];
  });
}

/** A list of mappings, or a mapping of one or with other mappings in it: too much for one line. */
function isContainer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const items = Object.values(value);
  return items.some(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      !(Array.isArray(item) && item.every((one) => typeof one !== 'object')),
  );
}

function isEmptyScalar(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function rangeOf(node: Node): readonly [number, number] {
  return [node.range![0], node.range![1]];
}

/** From the key, or from behind the dash, to the end of the value, trailing white space and comments not included. */
function itemRange(item: unknown): readonly [number, number] {
  if (isNode(item)) return trimmedRange(item);
  const { key, value } = item as { key: Node; value: Node | null };
  return [
    rangeOf(key)[0],
    value === null ? rangeOf(key)[1] : Math.max(trimmedRange(value)[1], rangeOf(key)[1]),
  ];
}

/** Blocks reach to the start of whatever follows them; their last item does not. */
function trimmedRange(node: Node): readonly [number, number] {
  const [from, to] = rangeOf(node);
  if (!isCollection(node) || node.flow === true) return [from, to];
  const last = node.items.at(-1);
  return [from, last === undefined ? to : itemRange(last)[1]];
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line ends on which a value ends. A value that ends with its line break (a block scalar) ends on the line before. */
function lineEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && /[\r\n]/.test(text[end - 1]!)) end--;
  const found = text.indexOf('\n', end);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}

function afterLine(text: string, at: number): number {
  const found = text.indexOf('\n', lineEnd(text, at));
  return found < 0 ? text.length : found + 1;
}

/** From the dash to the item behind it. */
function dashWidth(text: string, item: number): number {
  return item - text.lastIndexOf('-', item - 1);
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
