// One keep-alive connection that sends a request and reads the answer. It must not know what is measured.
import { connect, type Socket } from 'node:net';
import { MessageReader } from './http1.ts';

export interface Watcher {
  /** First byte of the answer's head. */
  head?(ok: boolean): void;
  body?(bytes: Buffer): void;
  /** The whole answer is there. `bytes` is the length of its body. */
  end(ok: boolean, bytes: number): void;
}

export class Caller {
  private readonly socket: Socket;
  private watcher: Watcher | undefined;
  private ok = false;
  private bytes = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    const reader = new MessageReader({
      head: (head) => {
        this.ok = head.startsWith('HTTP/1.1 200 ');
        this.watcher?.head?.(this.ok);
      },
      body: (body) => {
        this.bytes += body.length;
        this.watcher?.body?.(body);
      },
      end: () => this.settle(this.ok),
    });
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.settle(false));
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

  private settle(ok: boolean): void {
    const watcher = this.watcher;
    this.watcher = undefined;
    watcher?.end(ok, this.bytes);
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
