// Lines in, lines out, over streams of any size: read as they come, written in batches, and never faster than they are taken.
import type { Readable, Writable } from 'node:stream';

/** Characters that are gathered before they are written. */
const BATCH = 64 * 1024;

/**
 * The lines of a stream of UTF-8, without their line feeds. Only a line feed ends a line: JSON may hold U+2028 as it is, and a
 * carriage return before the end is white space to it.
 */
export async function* linesOf(input: Readable): AsyncGenerator<string, void, undefined> {
  input.setEncoding('utf8');
  let open: string[] = [];
  for await (const chunk of input as AsyncIterable<string>) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      const line = chunk.slice(from, end);
      yield open.length === 0 ? line : open.join('') + line;
      open = [];
      from = end + 1;
    }
    if (from < chunk.length) open.push(chunk.slice(from));
  }
  if (open.length > 0) yield open.join('');
}

export class LineWriter {
  readonly #output: Writable;
  #batch = '';

  constructor(output: Writable) {
    this.#output = output;
  }

  /** A promise when the reader is behind, to be awaited before the next line. */
  write(line: string): Promise<void> | undefined {
    this.#batch += `${line}\n`;
    return this.#batch.length < BATCH ? undefined : this.flush();
  }

  flush(): Promise<void> | undefined {
    if (this.#batch === '') return undefined;
    const batch = this.#batch;
    this.#batch = '';
    if (this.#output.write(batch)) return undefined;
    return new Promise((resolve) => this.#output.once('drain', resolve));
  }
}
