// One growing text of an answer, with the account of which of its ranges an editor has touched. Knows no protocol.
import type { LaneEditor, LaneInfo, OpenLane } from '@sluice/types';
import { Malformed } from '../malformed.ts';

/** A range of a lane's own text, half open, in UTF-16 code units, and what came out for it. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** False: the text came out as it went in. */
  readonly touched: boolean;
}

export class TextLane {
  readonly info: LaneInfo;
  readonly #editor: LaneEditor;
  /** Input that is not yet accounted for. */
  #waiting = '';
  #settled = 0;
  #edits = 0;
  #touched = false;
  /** Code units of the original that are kept at most. */
  readonly #kept: number;
  #original: string | undefined;
  ended = false;

  /** With `kept`, what came in is kept as it was, up to so many code units. */
  constructor(open: OpenLane, info: LaneInfo, kept = 0) {
    this.info = info;
    this.#editor = open(info);
    this.#kept = kept;
    this.#original = kept > 0 ? '' : undefined;
  }

  /** All that came in; undefined when it is not kept, or longer than what may be. */
  get original(): string | undefined {
    return this.#original;
  }

  /** What is settled now. Throws Malformed when the lane has ended: text after its end could complete what was split there. */
  push(text: string): string {
    return this.step(text).text;
  }

  end(): string {
    return this.finish().text;
  }

  /** True once any of the text came out changed. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Code units received so far. */
  get received(): number {
    return this.#settled + this.#waiting.length;
  }

  step(text: string): Step {
    if (this.ended) throw new Malformed('a text goes on after its end');
    if (this.#original !== undefined) this.#keep(text);
    return this.#account(text, this.#editor.push(text), false);
  }

  #keep(text: string): void {
    const all = this.#original! + text;
    this.#original = all.length > this.#kept ? undefined : all;
  }

  finish(): Step {
    this.ended = true;
    return this.#account('', this.#editor.end(), true);
  }

  #account(text: string, out: string, all: boolean): Step {
    if (
      !all &&
      this.#waiting === '' &&
      out === text &&
      this.#editor.held === 0 &&
      this.#editor.edits === this.#edits
    ) {
      const from = this.#settled;
      this.#settled += text.length;
      return { from, to: this.#settled, text: out, touched: false };
    }
    this.#waiting += text;
    const held = all ? 0 : Math.min(this.#editor.held, this.#waiting.length);
    const length = this.#waiting.length - held;
    const touched = this.#editor.edits !== this.#edits || out !== this.#waiting.slice(0, length);
    const step = { from: this.#settled, to: this.#settled + length, text: out, touched };
    this.#waiting = this.#waiting.slice(length);
    this.#settled += length;
    this.#edits = this.#editor.edits;
    if (touched) this.#touched = true;
    return step;
  }
}

/** Inspects a text that is whole. */
export function editText(open: OpenLane, info: LaneInfo, text: string): string {
  const editor = open({ ...info, whole: text });
  return editor.push(text) + editor.end();
}
