// A text of a streamed answer, read for what can only be told after some of it has gone: a value that it completes and that began
// in another text, which is told before the end of it goes out, and a known value in first or last letters. Its first words
// wait while they may be such an end.
import { AcrosticReader, type Engine, type Given, type Growing, type Split } from '@sluice/inspect';
import type { LaneEditor, LaneFormat } from '@sluice/types';

export class LateLane implements LaneEditor {
  readonly #editor: LaneEditor;
  readonly #growing: Growing;
  readonly #text: number;
  readonly #tell: (split: Split) => void;
  readonly #acrostic: AcrosticReader | undefined;
  /** Kinds and readings of acrostics that were told: each letter more of one is the same finding. */
  readonly #told = new Set<string>();
  #waiting = '';

  /** `tell` throws `StreamCut` when the answer is to end here. */
  constructor(
    editor: LaneEditor,
    { acrostics }: Engine,
    growing: Growing,
    format: LaneFormat,
    tell: (split: Split) => void,
  ) {
    this.#editor = editor;
    this.#growing = growing;
    this.#text = growing.open(format);
    this.#tell = tell;
    this.#acrostic = acrostics.isEmpty ? undefined : new AcrosticReader(acrostics);
  }

  push(chunk: string): string {
    const { splits, live } = this.#growing.push(this.#text, chunk);
    for (const split of splits) this.#tell(split);
    if (this.#acrostic !== undefined) this.#tellLetters(this.#acrostic.push(chunk));
    this.#waiting += chunk;
    return live ? '' : this.#pass();
  }

  end(): string {
    for (const split of this.#growing.end(this.#text)) this.#tell(split);
    if (this.#acrostic !== undefined) this.#tellLetters(this.#acrostic.end());
    return this.#pass() + this.#editor.end();
  }

  #tellLetters(found: readonly Given[]): void {
    for (const given of found) {
      const name = `${given.kind} ${given.view}`;
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      this.#tell({ parts: [{ text: this.#text, given }] });
    }
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
