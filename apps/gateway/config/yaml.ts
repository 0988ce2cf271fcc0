// Reads YAML into plain values and remembers where each came from. Refuses what makes a file read differently from how it looks:
// anchors and aliases, tags, several documents, duplicate keys. It must not know what the values mean.
import { type Path, problem } from '@sluice/policy';
import {
  type Document,
  type ErrorCode,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { type Place, placesIn } from './place.ts';
import type { ConfigCode, ConfigIssue } from './problem.ts';

/** Longest file, in UTF-16 code units. */
export const MAX_TEXT = 1 << 20;

/** Deepest nesting of mappings and lists. The schema needs seven. */
const MAX_DEPTH = 32;

/** Most faults of the YAML itself that are told: after the first, most follow from it. */
const MAX_FAULTS = 5;

export interface YamlText {
  /** Plain values; undefined when the text is not YAML. */
  readonly value: unknown;
  /** Found on the way, each with its own place: `path` is empty there, so ask `placeOf`. */
  readonly faults: readonly Fault[];
  /** The path without an index into what is written as a single value (`match: a` for `match: [a]`). */
  written(path: Path): Path;
  /** Where the value or its key stands; the nearest thing around it when there is no such thing. */
  locate(path: Path, at?: 'key' | 'value'): Place;
}

export interface Fault {
  readonly issue: ConfigIssue;
  readonly place: Place;
}

export function readYaml(text: string): YamlText {
  if (text.length > MAX_TEXT) return unread('too_large', `is longer than ${MAX_TEXT} characters`);
  let document: Document;
  try {
    // Not `silent`: that would also keep quiet about a second document.
    document = parseDocument(text, {
      prettyErrors: false,
      stringKeys: true,
    });
  } catch (error) {
    // The parser descends once for each level of nesting.
    if (error instanceof RangeError) return unread('too_large', 'is nested too deeply');
    throw error;
  }
  const place = placesIn(text);
  const faults: Fault[] = [...document.errors, ...document.warnings].slice(0, MAX_FAULTS).map((found) => ({
    issue: problem(CODES[found.code] ?? 'yaml_syntax', [], MESSAGES[found.code]),
    place: place(found.pos[0]),
  }));
  const broken = document.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  const refused = features(document).map(({ node, message }) => ({
    issue: problem<ConfigCode>('yaml_feature', [], message),
    place: place(node.range?.[0] ?? 0, node.range?.[1] ?? 0),
  }));
  const range = (path: Path, at: 'key' | 'value' = 'value') => rangeOf(document, path, at);
  return {
    value: broken || refused.length > 0 ? undefined : document.toJS(),
    faults: [...faults, ...refused],
    locate: (path, at) => place(...range(path, at)),
    written: (path) =>
      typeof path.at(-1) === 'number' && !isSeq(document.getIn(path.slice(0, -1), true))
        ? path.slice(0, -1)
        : path,
  };
}

function unread(code: ConfigCode, message: string): YamlText {
  const start = { line: 1, column: 1, length: 1 };
  return {
    value: undefined,
    faults: [{ issue: problem(code, [], message), place: start }],
    locate: () => start,
    written: (path) => path,
  };
}

function features(document: Document): readonly { readonly node: Node; readonly message: string }[] {
  const found: { node: Node; message: string }[] = [];
  visit(document, {
    Node(_, node, ancestors) {
      if (isAlias(node)) found.push({ node, message: 'has an alias here; write the value out' });
      else if (node.anchor !== undefined)
        found.push({ node, message: 'has an anchor here; anchors and aliases are not read' });
      else if (node.tag !== undefined) found.push({ node, message: 'has a tag here; tags are not read' });
      if (ancestors.length <= MAX_DEPTH * 2) return undefined;
      found.push({ node, message: 'is nested too deeply here' });
      return visit.SKIP;
    },
  });
  return found;
}

function rangeOf(document: Document, path: Path, at: 'key' | 'value'): readonly [number, number] {
  let around: readonly [number, number] = nodeRange(document.contents) ?? [0, 0];
  let node: unknown = document.contents;
  for (const [i, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item) === String(step));
      if (pair === undefined) return around;
      const key = nodeRange(pair.key) ?? around;
      if (i === path.length - 1 && at === 'key') return key;
      node = pair.value;
      around = nodeRange(node) ?? key;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      around = nodeRange(node) ?? around;
    } else return around;
  }
  return around;
}

export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Where a node stands; nothing for one that is only implied (`key:` without a value). */
function nodeRange(node: unknown): readonly [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [from, to] = node.range;
  return from === to && !isCollection(node) ? undefined : [from, to];
}

const CODES: Partial<Record<ErrorCode, ConfigCode>> = {
  DUPLICATE_KEY: 'duplicate_key',
  MULTIPLE_DOCS: 'yaml_feature',
  BAD_ALIAS: 'yaml_feature',
  ALIAS_PROPS: 'yaml_feature',
  TAG_RESOLVE_FAILED: 'yaml_feature',
};

/** In our own words, since the parser's may quote the text. */
const MESSAGES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'has an alias here; write the value out',
  BAD_ALIAS: 'has an alias here; write the value out',
  BAD_COLLECTION_TYPE: 'has a tag here that does not fit its value',
  BAD_DIRECTIVE: 'has a directive here that YAML does not know',
  BAD_DQ_ESCAPE: 'has an escape here that YAML does not know; use single quotes for patterns',
  BAD_INDENT: 'is indented here in a way that cannot be read',
  BAD_PROP_ORDER: 'has an anchor or tag here that YAML does not expect',
  BAD_SCALAR_START: 'has a value here that begins with a character that YAML reserves; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has a mapping or list here where a key is expected',
  BLOCK_IN_FLOW: 'has a block inside braces or brackets here',
  DUPLICATE_KEY: 'has this key twice',
  IMPOSSIBLE: 'cannot be read here',
  KEY_OVER_1024_CHARS: 'has a key here of more than 1024 characters',
  MISSING_CHAR: 'lacks a character here: a colon, a comma, a quote or a closing brace',
  MULTILINE_IMPLICIT_KEY: 'has a key here that goes over more than one line',
  MULTIPLE_ANCHORS: 'has several anchors here',
  MULTIPLE_DOCS: 'has a second document here; only one is read',
  MULTIPLE_TAGS: 'has several tags here',
  NON_STRING_KEY: 'has a key here that is not text',
  RESOURCE_EXHAUSTION: 'is nested too deeply here',
  TAB_AS_INDENT: 'is indented with a tab here; use spaces',
  TAG_RESOLVE_FAILED: 'has a tag here; tags are not read',
  UNEXPECTED_TOKEN: 'has something here that YAML does not expect',
};
