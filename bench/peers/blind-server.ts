// A blind proxy, as lean as Node's own server and undici allow: nothing is read, recorded or decided. The baseline for what
// reading, recording and deciding cost. `gather` joins what arrives in one turn of the loop into one write.
import { createServer, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';

const [port = '', gather] = process.argv.slice(2);
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 4_096, allowH2: false });

class Relay implements Dispatcher.DispatchHandler {
  private readonly response: ServerResponse;
  private controller: Dispatcher.DispatchController | undefined;
  private left = 0;
  private pieces: Buffer[] = [];

  constructor(response: ServerResponse) {
    this.response = response;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.response.once('close', () => {
      if (!this.response.writableFinished) controller.abort(new Error('the caller has left'));
    });
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[]>,
  ): void {
    const length = headers['content-length'];
    this.left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    const type = String(headers['content-type']);
    const head = ['content-type', type];
    this.response.writeHead(
      status,
      length === undefined ? head : [...head, 'content-length', String(length)],
    );
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.left -= chunk.length;
    if (this.left === 0) this.response.end(chunk);
    else if (gather === undefined) this.write(controller, chunk);
    else if (this.pieces.push(chunk) === 1) setImmediate(() => this.flush());
  }

  onResponseEnd(): void {
    this.flush();
    if (this.left !== 0) this.response.end();
  }

  onResponseError(): void {
    this.response.destroy();
  }

  private flush(): void {
    const [first] = this.pieces;
    if (first === undefined || this.controller === undefined) return;
    const all = this.pieces.length === 1 ? first : Buffer.concat(this.pieces);
    this.pieces = [];
    this.write(this.controller, all);
  }

  private write(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.response.write(chunk)) return;
    controller.pause();
    this.response.once('drain', () => controller.resume());
  }
}

const server = createServer({ noDelay: true, keepAliveTimeout: 65_000 }, (request, response) => {
  let first: Buffer | undefined;
  const more: Buffer[] = [];
  request.on('data', (chunk: Buffer) => {
    if (first === undefined) first = chunk;
    else more.push(chunk);
  });
  request.on('end', () => {
    const body = more.length === 0 ? first : Buffer.concat([first as Buffer, ...more]);
    const headers = [
      'content-type',
      'application/json',
      'authorization',
      request.headers.authorization ?? '',
    ];
    pool.dispatch(
      { path: request.url ?? '/', method: 'POST', headers, body: body ?? null },
      new Relay(response),
    );
  });
});

server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
