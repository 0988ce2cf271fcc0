// A witness on this machine, written from C2SP `tlog-witness` and `tlog-cosignature`: it remembers the largest tree of each
// log and cosigns none that does not begin with it. Test code only.

import { sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCheckpoint } from '../checkpoint/checkpoint.ts';
import {
  COSIGNATURE,
  keyId,
  type LogKey,
  logKey,
  parseVkey,
  publicBytes,
  vkeyOf,
} from '../checkpoint/keys.ts';
import { cosignedMessage, isSignedBy, parseNote, signatureLine } from '../checkpoint/note.ts';
import { begins } from './naive-tree.ts';

export interface TestWitness {
  readonly url: string;
  readonly vkey: string;
  /** Size of the largest tree that it has cosigned; 0 when none. */
  readonly known: number;
  readonly requests: readonly number[];
  close(): Promise<void>;
}

/** `seed` 32 bytes; `logs` the public keys of the logs that it knows. */
export async function startWitness(
  name: string,
  seed: Buffer,
  logs: readonly string[],
): Promise<TestWitness> {
  const pair: LogKey = logKey(name, seed);
  const open = publicBytes(pair.private);
  const id = keyId(name, COSIGNATURE, open);
  const seen = new Map<string, { size: number; root: Buffer }>();
  const requests: number[] = [];
  let known = 0;

  const answer = (body: string): { status: number; text: string; type?: string } => {
    const match = /^old (0|[1-9]\d*)\n((?:[A-Za-z0-9+/=]+\n){0,63})\n/.exec(body);
    const note = match && parseNote(body.slice(match[0].length));
    const checkpoint = note && parseCheckpoint(note.text);
    if (!match || !checkpoint) return { status: 400, text: '' };
    const key = logs.map((vkey) => parseVkey(vkey)!).find((one) => one.name === checkpoint.origin);
    if (!key) return { status: 404, text: '' };
    if (!isSignedBy(note, key)) return { status: 403, text: '' };
    const old = Number(match[1]);
    if (old > checkpoint.size) return { status: 400, text: '' };
    const last = seen.get(checkpoint.origin);
    const conflict = { status: 409, text: `${last?.size ?? 0}\n`, type: 'text/x.tlog.size' };
    if (old !== (last?.size ?? 0)) return conflict;
    const proof = match[2]!
      .split('\n')
      .slice(0, -1)
      .map((line) => Buffer.from(line, 'base64'));
    if (last && old === checkpoint.size && !last.root.equals(checkpoint.root)) return conflict;
    if (!begins(last?.root ?? Buffer.alloc(0), old, checkpoint.root, checkpoint.size, proof))
      return { status: 422, text: '' };
    seen.set(checkpoint.origin, checkpoint);
    known = checkpoint.size;
    const time = BigInt(Math.floor(Date.now() / 1000));
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(time);
    const signature = Buffer.concat([stamp, sign(null, cosignedMessage(note.text, time), pair.private)]);
    return { status: 200, text: signatureLine({ name, id, signature }) };
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { status, text, type } =
        request.method === 'POST' && request.url === '/add-checkpoint'
          ? answer(body)
          : { status: 404, text: '', type: undefined };
      requests.push(status);
      response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    vkey: vkeyOf(name, COSIGNATURE, open),
    get known() {
      return known;
    },
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
