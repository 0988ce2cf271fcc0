// Inspects the leaves of an answer that are whole where they stand: each is a lane of its own. Knows no protocol's structure.
import type { LaneInfo, OpenLane } from '@sluice/types';
import { type Edit, replaceNode } from '../json/rewrite.ts';
import * as T from '../json/tape.ts';
import { editText } from './lane.ts';
import { type Ordinal, pathOf } from './paths.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface LeafRules {
  readonly words: Vocabulary;
  /** Who speaks in a leaf that stands under `name`. */
  role(tape: T.Tape, node: number, name: string | undefined): LaneInfo['role'];
  /** How elements are numbered in lane ids. */
  readonly ordinal?: Ordinal;
}

/**
 * What came of texts that were whole lanes of the same answer, by format and text: an event that repeats one says the same. Editing is a
 * function of the text, so nothing is lost by not looking twice, and nothing is found twice.
 */
export class Repeats {
  readonly #outs = new Map<string, string>();

  add(format: LaneInfo['format'], text: string, out: string): void {
    if (this.#outs.size < REMEMBERED) this.#outs.set(`${format}:${text}`, out);
  }

  outOf(format: LaneInfo['format'], text: string): string | undefined {
    return this.#outs.size === 0 ? undefined : this.#outs.get(`${format}:${text}`);
  }
}

/** Members whose strings are JSON in JSON. */
const JSON_KEYS: ReadonlySet<string> = new Set(['arguments', 'partial_json']);
/** Leaves that a stream's memory holds; more than any provider repeats. */
const REMEMBERED = 256;

export class Leaves {
  readonly #open: OpenLane;
  readonly #rules: LeafRules;
  readonly #repeats: Repeats | undefined;
  /** What came of a leaf when it was last seen at its place; streams repeat most of their leaves in every frame. */
  readonly #seen = new Map<string, { readonly text: string; readonly out: string; readonly times: number }>();

  constructor(open: OpenLane, rules: LeafRules, repeats?: Repeats) {
    this.#open = open;
    this.#rules = rules;
    this.#repeats = repeats;
  }

  /** The edit that a key, string or number needs, if any. */
  edit(tape: T.Tape, node: number): Edit | undefined {
    const text = this.#rules.words.readable(tape, node);
    if (text === undefined) return undefined;
    const out = this.out(tape, node, text);
    return out === text ? undefined : replaceNode(tape, node, out);
  }

  /** What is to stand in a leaf's place. */
  out(tape: T.Tape, node: number, text: string): string {
    const path = this.path(tape, node);
    const seen = this.#seen.get(path);
    if (seen?.text === text) return seen.out;
    const times = (seen?.times ?? 0) + 1;
    const lane = this.lane(tape, node, times === 1 ? path : `${path}~${times}`);
    const out = this.#repeats?.outOf(lane.format, text) ?? editText(this.#open, lane, text);
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    this.#seen.set(path, { text, out, times });
    return out;
  }

  /** The text last seen at a path. */
  last(path: string): string | undefined {
    return this.#seen.get(path)?.text;
  }

  path(tape: T.Tape, node: number): string {
    return pathOf(tape, node, this.#rules.words, this.#rules.ordinal);
  }

  lane(tape: T.Tape, node: number, id: string): LaneInfo {
    const name = tape.kind(node) === T.KEY ? undefined : this.#rules.words.nameOf(tape, node);
    const kind = tape.kind(node);
    const format =
      kind === T.NUMBER ? 'number' : kind === T.STRING && JSON_KEYS.has(name ?? '') ? 'json' : 'text';
    return { id, role: this.#rules.role(tape, node, name), format };
  }

  /** Edits of everything in `[from, to)` that is not in `skip`; what a skipped container holds is skipped with it. */
  range(tape: T.Tape, from: number, to: number, edits: Edit[], skip?: ReadonlySet<number>): void {
    for (let node = from; node < to; ) {
      if (skip?.has(node)) {
        node = tape.next(node);
        continue;
      }
      const edit = this.edit(tape, node);
      if (edit !== undefined) edits.push(edit);
      node += T.ROW;
    }
  }
}
