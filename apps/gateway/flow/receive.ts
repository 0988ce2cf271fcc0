// Takes in the request body, bounded, with content codings undone: what is inspected later is exactly what is forwarded.
import type { IncomingMessage } from 'node:http';
import { undoCoding } from '../content-coding.ts';
import { type Claimed, type Received, widen } from './exchange.ts';
import { CallerLeft, Refused } from './refused.ts';

const EMPTY = Buffer.alloc(0);

export async function receive(claimed: Claimed): Promise<Received> {
  const { request } = claimed.caller;
  const limit = claimed.runtime.maxRequestBytes;
  const sent = await gather(request, limit);
  if (!claimed.claim.body) {
    if (sent.length > 0) throw new Refused('malformed_request', 'This operation takes no body.');
    return widen(claimed, { body: EMPTY });
  }
  if (!isJson(claimed.head.contentType))
    throw new Refused('malformed_request', 'The content type must be application/json.');
  const coding = request.headers['content-encoding'];
  return widen(claimed, { body: coding === undefined ? sent : await undo(coding, sent, limit) });
}

/** The media type with no parameter but `charset=utf-8`: another charset would be read differently upstream. */
function isJson(contentType: string | undefined): boolean {
  return (
    contentType === 'application/json' ||
    (contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType))
  );
}

async function undo(coding: string | undefined, bytes: Buffer, limit: number): Promise<Buffer> {
  const undone = await undoCoding(coding, bytes, limit);
  if (undone === 'too-large') throw new Refused('request_too_large');
  if (undone === 'unreadable')
    throw new Refused('malformed_request', 'The content encoding could not be undone.');
  return undone;
}

function gather(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > limit)
    return Promise.reject(new Refused('request_too_large'));
  if (declared === undefined && request.headers['transfer-encoding'] === undefined)
    return Promise.resolve(EMPTY);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    request.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > limit) {
        request.pause();
        reject(new Refused('request_too_large'));
      } else pieces.push(piece);
    });
    request.on('end', () => resolve(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, size)));
    request.on('error', () => reject(new CallerLeft()));
    request.on('aborted', () => reject(new CallerLeft()));
  });
}
