// A model server that answers with any bytes, cut where a test says: each cut is a chunk of its own on the wire, so that the
// gateway reads exactly these pieces. Test code only.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Replayed {
  readonly bytes: Buffer;
  /** Offsets in `bytes`, ascending. */
  readonly cuts?: readonly number[];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Replaying {
  readonly url: string;
  /** Headers of the last request. */
  readonly asked:
    | { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
    | undefined;
  readonly count: number;
  /** What every request gets from now on. */
  answer(next: Replayed): void;
  /** What a request gets in which the result stands as a word. */
  plan(replayed: Replayed): string;
  close(): Promise<void>;
}

export async function startReplaying(): Promise<Replaying> {
  let next: Replayed = { bytes: Buffer.from('{}') };
  let asked: Replaying['asked'];
  let count = 0;
  const plans: Replayed[] = [];
  const server = createServer({ noDelay: true }, async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    asked = { url: request.url!, headers: request.headers, body: Buffer.concat(parts) };
    count += 1;
    const planned = /plan-(\d+)/.exec(asked.body.toString('latin1'))?.[1];
    const {
      bytes,
      cuts = [],
      status = 200,
      headers = {},
    } = planned === undefined ? next : plans[Number(planned)]!;
    response.sendDate = false;
    const type = bytes.subarray(0, 1).toString() === '{' ? 'application/json' : 'text/event-stream';
    response.writeHead(status, { 'content-type': type, ...(headers as Record<string, string | string[]>) });
    let from = 0;
    for (const cut of [...cuts, bytes.length]) {
      if (cut > from) response.write(bytes.subarray(from, cut));
      from = cut;
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    get count() {
      return count;
    },
    answer(given) {
      next = given;
    },
    plan: (replayed) => `plan-${plans.push(replayed) - 1}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
