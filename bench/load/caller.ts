// One keep-alive connection that sends a request and reads the answer. It must not know what is measured.
import { connect, type Socket } from 'node:net';
import { MessageReader } from './http1.ts';

export interface Watcher {
  /** First byte of the answer's head. */
  head?(): void;
  body?(bytes: Buffer): void;
  /** The whole answer is there, or the connection has gone. `bytes` is the length of the body; `failure` says what is wrong. */
  end(bytes: number, failure: string | undefined): void;
}

/** Characters of a failure that are shown. */
const SHOWN = 300;

export class Caller {
  private readonly socket: Socket;
  private watcher: Watcher | undefined;
  private failure: string | undefined;
  private bytes = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    const reader = new MessageReader({
      head: (head) => {
        this.failure = head.startsWith('HTTP/1.1 200 ') ? undefined : head.slice(0, head.indexOf('\r\n'));
        this.watcher?.head?.();
      },
      body: (body) => {
        this.bytes += body.length;
        if (this.failure !== undefined) this.failure += ` ${body.toString('utf8', 0, SHOWN)}`;
        this.watcher?.body?.(body);
      },
      end: () => this.settle(this.failure),
    });
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.settle('the connection was closed'));
  }

  static open(port: number): Promise<Caller> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Caller(socket));
      });
    });
  }

  /** False when the connection is gone. */
  send(request: Buffer, watcher: Watcher): boolean {
    if (this.socket.destroyed) return false;
    this.watcher = watcher;
    this.bytes = 0;
    this.socket.write(request);
    return true;
  }

  close(): void {
    this.socket.destroy();
  }

  private settle(failure: string | undefined): void {
    const watcher = this.watcher;
    this.watcher = undefined;
    watcher?.end(this.bytes, failure?.slice(0, SHOWN));
  }
}

export async function openCallers(port: number, count: number): Promise<Caller[]> {
  const callers: Caller[] = [];
  for (let i = 0; i < count; i += 100) {
    callers.push(
      ...(await Promise.all(Array.from({ length: Math.min(100, count - i) }, () => Caller.open(port)))),
    );
  }
  return callers;
}
