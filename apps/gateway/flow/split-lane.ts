// A text of a streamed answer among the others: a value that it completes, and that began in another text, is told before the
// end of it goes out. Its first words wait while they may be such an end.
import type { Growing, Split } from '@sluice/inspect';
import type { LaneEditor, LaneFormat } from '@sluice/types';

export class SplitLane implements LaneEditor {
  readonly #editor: LaneEditor;
  readonly #growing: Growing;
  readonly #text: number;
  readonly #tell: (split: Split) => void;
  #waiting = '';

  /** `tell` throws `StreamCut` when the answer is to end here. */
  constructor(editor: LaneEditor, growing: Growing, format: LaneFormat, tell: (split: Split) => void) {
    this.#editor = editor;
    this.#growing = growing;
    this.#text = growing.open(format);
    this.#tell = tell;
  }

  push(chunk: string): string {
    const { splits, live } = this.#growing.push(this.#text, chunk);
    for (const split of splits) this.#tell(split);
    this.#waiting += chunk;
    return live ? '' : this.#pass();
  }

  end(): string {
    for (const split of this.#growing.end(this.#text)) this.#tell(split);
    return this.#pass() + this.#editor.end();
  }

  #pass(): string {
    const text = this.#waiting;
    if (text === '') return '';
    this.#waiting = '';
    return this.#editor.push(text);
  }

  get held(): number {
    return this.#editor.held + this.#waiting.length;
  }

  get edits(): number {
    return this.#editor.edits;
  }
}
