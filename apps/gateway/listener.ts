// The data port: HTTP/1.1 in, one exchange a call. It finds the connection that a URL names, refuses what could be read in
// two ways, and hands over to the flow. It must not know what is inspected or recorded.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { RecordUnavailable } from '@sluice/ledger';
import { ERRORS } from '@sluice/types';
import { Caller } from './caller.ts';
import type { Arrived } from './flow/exchange.ts';
import { flow } from './flow/flow.ts';
import { leave, refuse } from './flow/refuse.ts';
import { CallerLeft, Refused } from './flow/refused.ts';
import type { Gate } from './gate.ts';
import { errorFields, stackOf } from './log.ts';
import type { Port } from './port.ts';
import type { Connection, Runtime } from './runtime.ts';
import { sessionId } from './session-id.ts';

/** Query parameters that the official clients send and that may go upstream; a credential is never among them. */
const QUERY =
  /^(?:(?:beta|limit|after|after_id|before_id|order|api-version)=[A-Za-z0-9_.-]{0,128}(?:&(?!$)|$))*$/;

/** A path of plain segments: no dot segments, no empty ones, no escapes that an upstream could read in another way. */
const PATH = /^(?:\/[A-Za-z0-9_.:~@-]+)+$/;
const DOTS = /\/\.{1,2}(?:\/|$)/;

/** Headers that must not come twice: a second reading of them is a parser differential. */
const ONCE = new Set([
  'host',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
]);

/** Calls under way at once; what each may hold in memory is bounded, and so their number is. */
const MOST_CALLS = 20_000;

export interface ListenerOptions {
  readonly runtime: () => Runtime;
  readonly gate: Gate;
  /** False while draining or while the record is unavailable. */
  readonly ready: () => boolean;
  readonly port: Port;
}

export function createListener(options: ListenerOptions): Server {
  const { gate, port } = options;
  const server = port.server(
    {
      keepAliveTimeout: 65_000,
      headersTimeout: 30_000,
      requestTimeout: 300_000,
      maxHeaderSize: 16 * 1024,
      noDelay: true,
    },
    (request, response) => {
      accept(request, response, options).catch((error) => {
        gate.log.error({ ...errorFields(error), at: stackOf(error) }, 'a call could not be handled');
        if (!response.headersSent)
          plain(response, 500, 'upstream_error', 'The gateway could not handle this call.');
        else response.destroy();
      });
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else
      socket.end(
        `HTTP/1.1 ${error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
  });
  return server;
}

async function accept(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenerOptions,
): Promise<void> {
  const { gate } = options;
  const url = request.url ?? '/';
  if (url === '/healthz') return health(response, true);
  if (url === '/readyz') return health(response, options.ready());
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? '' : url.slice(mark + 1);
  const runtime = options.runtime();
  const routed = route(runtime, path);
  if (routed === undefined)
    return plain(response, 404, 'unknown_connection', ERRORS.unknown_connection.message);
  const now = gate.now();
  const arrived: Arrived = {
    id: sessionId(now),
    at: now,
    runtime,
    connection: routed.connection,
    head: {
      method: request.method ?? '',
      path: routed.path,
      query,
      contentType: request.headers['content-type'],
    },
    caller: new Caller(request, response),
  };
  gate.metrics.open.inc();
  gate.load.calls++;
  try {
    if (gate.load.calls > MOST_CALLS) throw new Refused('overloaded', undefined, { retryAfter: 1 });
    plainlyReadable(request, path, query);
    await flow(arrived, gate);
  } catch (error) {
    await wayOut(arrived, error, gate);
  } finally {
    gate.metrics.open.dec();
    gate.load.calls--;
  }
}

async function wayOut(arrived: Arrived, error: unknown, gate: Gate): Promise<void> {
  if (error instanceof Refused) return refuse(arrived, error, gate);
  if (error instanceof CallerLeft) return leave(arrived, gate);
  if (error instanceof RecordUnavailable) return refuse(arrived, new Refused('record_unavailable'), gate);
  gate.log.error({ ...errorFields(error), at: stackOf(error), session: arrived.id }, 'a step failed');
  return refuse(arrived, new Refused('policy_unavailable'), gate);
}

/** `/<connection>/…`, or the bare path for the connection marked `default`. */
function route(runtime: Runtime, path: string): { connection: Connection; path: string } | undefined {
  const slash = path.indexOf('/', 1);
  const name = slash === -1 ? path.slice(1) : path.slice(1, slash);
  const connection = runtime.connections.get(name);
  if (connection !== undefined && slash !== -1) return { connection, path: path.slice(slash) };
  return runtime.fallback === undefined ? undefined : { connection: runtime.fallback, path };
}

function plainlyReadable(request: IncomingMessage, path: string, query: string): void {
  if (!PATH.test(path) || DOTS.test(path)) throw new Refused('malformed_request', 'The path is not plain.');
  if (!QUERY.test(query))
    throw new Refused('malformed_request', 'The query has a parameter that is not let through.');
  const { rawHeaders } = request;
  let seen: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (!ONCE.has(name)) continue;
    if (seen?.has(name)) throw new Refused('malformed_request', `The header ${name} was sent twice.`);
    seen = (seen ?? new Set()).add(name);
  }
}

function health(response: ServerResponse, good: boolean): void {
  const body = good ? '{"status":"ok"}' : '{"status":"unavailable"}';
  response
    .writeHead(good ? 200 : 503, { 'content-type': 'application/json', 'content-length': body.length })
    .end(body);
}

/** Where no connection, and so no protocol, is known: the shape that most clients read. */
function plain(response: ServerResponse, status: number, code: string, message: string): void {
  const body = JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } });
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-should-retry': 'false',
      'x-sluice-session': sessionId(Date.now()),
    })
    .end(body);
}
