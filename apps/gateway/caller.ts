// The caller's side of one HTTP call: reading what it sent, answering it, and noticing that it left.
// It must not know policies, protocols or the record.
import type { IncomingMessage, ServerResponse } from 'node:http';

export class Caller {
  readonly request: IncomingMessage;
  readonly #response: ServerResponse;
  /** Bytes handed to the socket so far, headers not counted. */
  sent = 0;
  /** Milliseconds (performance.now) of the first byte of the answer; undefined before. */
  firstByteAt: number | undefined;
  status = 0;
  #left = false;
  #whenLeft: (() => void) | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.#response = response;
    response.on('close', () => {
      if (response.writableFinished) return;
      this.#left = true;
      this.#whenLeft?.();
    });
  }

  /** True once the connection is gone before the answer was complete. */
  get left(): boolean {
    return this.#left;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  /** One listener at a time: the step that waits. Called at once when the caller has left already. */
  whenLeft(listener: (() => void) | undefined): void {
    this.#whenLeft = listener;
    if (this.#left) listener?.();
  }

  /** `headers` as a flat list of names and values. */
  head(status: number, headers: string[]): void {
    this.status = status;
    this.#response.writeHead(status, headers);
  }

  /** False when the socket's buffer is full: wait for `whenDrained`. */
  write(bytes: Buffer | string): boolean {
    if (this.#left) return true;
    this.firstByteAt ??= performance.now();
    this.sent += bytes.length;
    return this.#response.write(bytes);
  }

  /** Sends the headers without waiting for a body: a held stream shows that it lives. */
  flushHead(): void {
    this.#response.flushHeaders();
  }

  /** Called once: there is room again, or nobody is left to need it. */
  whenDrained(listener: () => void): void {
    const response = this.#response;
    const once = (): void => {
      response.off('drain', once);
      response.off('close', once);
      listener();
    };
    response.on('drain', once);
    response.on('close', once);
  }

  end(bytes?: Buffer | string): void {
    if (this.#left) return;
    if (bytes !== undefined) {
      this.firstByteAt ??= performance.now();
      this.sent += bytes.length;
      this.#response.end(bytes);
    } else this.#response.end();
  }

  /** Breaks the connection: what was sent must not look complete. */
  destroy(): void {
    this.#left = true;
    this.#response.destroy();
  }
}
