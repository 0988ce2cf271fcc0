// The model server that leaks on purpose: one HTTP server that speaks as OpenAI and as Anthropic do, wants its own
// credential, and keeps what it received for tests to look at.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.ts';
import { deliver } from './deliver.ts';
import { FAULTS, type Fault } from './faults/index.ts';
import { BadRequest, readBody } from './read.ts';
import { familyOf, type Replied, routeOf } from './routes.ts';
import { answer, credentialOf } from './script.ts';

export interface LeakyOptions {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** What callers must send as bearer token or `x-api-key`. Default: a random one. */
  readonly credential?: string;
  /** Milliseconds between two tokens. Default: 0, as fast as it is read. */
  readonly tokenMs?: number;
  /** Calls kept for `received`; the oldest go first. Default: 0, none. */
  readonly keep?: number;
}

export interface ReceivedCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** `running` until the answer is out (`answered`) or the caller has gone before its end (`left`). */
  readonly state: 'running' | 'answered' | 'left';
}

export interface Leaky {
  readonly url: string;
  readonly port: number;
  readonly credential: string;
  readonly received: readonly ReceivedCall[];
  /** Puts an answer under a name; the prompt `scripted: <name>` gives it. */
  script(name: string, answer: Answer): void;
  /** Spoils every answer in this way (a name in FAULTS) until called without one. Throws on a name that there is none of. */
  fault(name?: string): void;
  /** Wants another credential from now on. */
  rotate(credential: string): void;
  /** Cuts what is open. Resolves once the port is free. */
  close(): Promise<void>;
}

/** Bytes of a request that are read. */
const LARGEST = 32 << 20;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new BadRequest(413, 'The request is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function faultOf(name: string): Fault {
  if (!Object.hasOwn(FAULTS, name)) throw new BadRequest(400, `There is no fault of the name ${name}.`);
  return FAULTS[name]!;
}

/** Resolves once the server listens. */
export async function startLeaky(options: LeakyOptions = {}): Promise<Leaky> {
  const { port = 0, host = '127.0.0.1', tokenMs = 0, keep = 0 } = options;
  const scripts = new Map<string, Answer>();
  const received: { -readonly [K in keyof ReceivedCall]: ReceivedCall[K] }[] = [];
  let credential = options.credential ?? `leaky-${randomBytes(16).toString('hex')}`;
  let spoilsAll: string | undefined;

  function keepCall(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (keep === 0) return;
    const { method = '', url = '', headers, rawHeaders } = request;
    const call: (typeof received)[number] = { method, url, headers, rawHeaders, body, state: 'running' };
    response.once('close', () => {
      call.state = response.writableFinished ? 'answered' : 'left';
    });
    received.push(call);
    if (received.length > keep) received.shift();
  }

  function replyTo(request: IncomingMessage, path: string, bytes: Buffer): Replied {
    const { method = '', headers } = request;
    if (credentialOf({ headers }) !== credential) throw new BadRequest(401, 'Incorrect API key provided.');
    const route = routeOf(method, path, headers);
    if (route === undefined) throw new BadRequest(404, `Unknown request URL: ${method} ${path}.`);
    const id = route.path.exec(path)?.[1];
    const body = method === 'POST' ? readBody(bytes) : {};
    const replied = route.reply({ body, headers, id }, (ask) => answer(ask, scripts));
    if (replied.answer?.error)
      throw new BadRequest(replied.answer.error.status, replied.answer.error.message);
    return replied;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readAll(request);
    keepCall(request, response, bytes);
    const path = request.url!.split('?')[0]!;
    response.setHeader('x-request-id', 'req_leaky');
    response.setHeader('request-id', 'req_leaky');
    try {
      const { reply, answer: said } = replyTo(request, path, bytes);
      const pace = said?.tokenMs ?? tokenMs;
      const fault = said?.fault ?? spoilsAll;
      if (fault === undefined) return await deliver(response, reply, pace);
      await faultOf(fault)({
        response,
        reply,
        tokenMs: pace,
        errorBody: familyOf(path, request.headers).errorBody,
      });
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      const body = familyOf(path, request.headers).errorBody(error.status, error.message);
      await deliver(response, { kind: 'whole', status: error.status, body }, 0);
    }
  }

  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A caller who leaves while being read is no mistake of ours; anything else is worth seeing.
      if (!request.destroyed || request.complete) process.emitWarning(String(error), 'LeakyError');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;

  return {
    url: `http://${host}:${bound}`,
    port: bound,
    get credential() {
      return credential;
    },
    received,
    script: (name, said) => void scripts.set(name, said),
    fault(name) {
      if (name !== undefined && !Object.hasOwn(FAULTS, name))
        throw new Error(`there is no fault of the name ${name}`);
      spoilsAll = name;
    },
    rotate(next) {
      credential = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
