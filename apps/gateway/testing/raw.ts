// Bytes on a socket, for requests that no client library would send. Test code only.
import { connect } from 'node:net';

export interface RawReply {
  /** Status of each response, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
}

/**
 * Sends bytes as they are and reads until the other side closes, or until `until` holds. The caller sends
 * `connection: close` where it wants the gateway to end.
 */
export function sendRaw(
  url: string,
  bytes: string | Buffer,
  until: (text: string) => boolean = () => false,
): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => socket.write(bytes));
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1])) });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the socket stayed open; so far: ${text.slice(0, 200)}`));
    }, 45_000);
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      if (until(text)) done();
    });
    socket.on('close', done);
    // A reset after the refusal is how an unread request ends; what was read counts.
    socket.on('error', done);
  });
}

/** A request as text: the usual headers, and those given, one line each, before or in place of them. */
export function rawRequest(
  key: string,
  body: string | Buffer,
  options: {
    readonly target?: string;
    readonly method?: string;
    readonly lines?: readonly string[];
    /** Without the length that belongs to the body. */
    readonly unsized?: boolean;
    readonly type?: string;
  } = {},
): Buffer {
  const {
    target = '/gpt/v1/chat/completions',
    method = 'POST',
    lines = [],
    type = 'application/json',
  } = options;
  const bytes = Buffer.from(body);
  const head = [
    `${method} ${target} HTTP/1.1`,
    'host: gateway',
    `authorization: Bearer ${key}`,
    ...(type === '' ? [] : [`content-type: ${type}`]),
    ...(options.unsized === true ? [] : [`content-length: ${bytes.length}`]),
    'connection: close',
    ...lines,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}
