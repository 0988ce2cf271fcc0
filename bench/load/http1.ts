// Reads HTTP/1.1 messages off a socket with as little work as it can, so that the load does not outweigh what is measured.
// It must not know what is in a body, or which peer it talks to. Not a parser for untrusted input.

/** Called with pieces of one message after another. `body` slices alias the socket's buffer. */
export interface MessageSink {
  head(head: string): void;
  body(bytes: Buffer): void;
  end(): void;
}

const PHASE = { head: 0, length: 1, chunkSize: 2, chunkData: 3, chunkEnd: 4, trailer: 5 } as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

export class MessageReader {
  private readonly sink: MessageSink;
  private phase: Phase = PHASE.head;
  private left = 0;
  private rest: Buffer | undefined;

  constructor(sink: MessageSink) {
    this.sink = sink;
  }

  push(input: Buffer): void {
    const bytes = this.rest === undefined ? input : Buffer.concat([this.rest, input]);
    this.rest = undefined;
    let at = 0;
    while (at < bytes.length) {
      const next = this.step(bytes, at);
      if (next < 0) {
        this.rest = bytes.subarray(at);
        return;
      }
      at = next;
    }
  }

  /** Consumes one element from `at`; -1 when more bytes are needed. */
  private step(bytes: Buffer, at: number): number {
    switch (this.phase) {
      case PHASE.head:
        return this.readHead(bytes, at);
      case PHASE.length:
      case PHASE.chunkData: {
        const end = Math.min(bytes.length, at + this.left);
        this.left -= end - at;
        this.sink.body(bytes.subarray(at, end));
        if (this.left === 0) {
          if (this.phase === PHASE.chunkData) this.phase = PHASE.chunkEnd;
          else this.finish();
        }
        return end;
      }
      case PHASE.chunkEnd:
        if (bytes.length - at < 2) return -1;
        this.phase = PHASE.chunkSize;
        return at + 2;
      case PHASE.chunkSize: {
        const end = bytes.indexOf(CRLF, at);
        if (end < 0) return -1;
        this.left = Number.parseInt(bytes.toString('latin1', at, end), 16);
        this.phase = this.left === 0 ? PHASE.trailer : PHASE.chunkData;
        return end + 2;
      }
      case PHASE.trailer: {
        const end = bytes.indexOf(CRLF, at);
        if (end < 0) return -1;
        if (end === at) this.finish();
        return end + 2;
      }
    }
  }

  private readHead(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(HEAD_END, at);
    if (end < 0) return -1;
    const head = bytes.toString('latin1', at, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    this.sink.head(head);
    if (length !== null) {
      this.left = Number(length[1]);
      this.phase = PHASE.length;
      if (this.left === 0) this.finish();
    } else if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
      this.phase = PHASE.chunkSize;
    } else {
      this.finish();
    }
    return end + 4;
  }

  private finish(): void {
    this.phase = PHASE.head;
    this.sink.end();
  }
}
