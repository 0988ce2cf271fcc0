// How far a long scan is, for people who watch: on standard error, on a terminal, after a second.

const QUIET_MS = 1000;
const EVERY_MS = 100;

export class Progress {
  readonly #began = performance.now();
  #shown = 0;

  /** Call before each file. */
  at(index: number, count: number): void {
    const now = performance.now();
    if (process.stderr.isTTY !== true || now - this.#began < QUIET_MS || now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    process.stderr.write(`\r\u001b[K${index} of ${count} files`);
  }

  /** Takes the line away, before anything else is written and at the end. */
  clear(): void {
    if (this.#shown > 0) process.stderr.write('\r\u001b[K');
  }
}
