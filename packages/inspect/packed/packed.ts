// Compressed texts inside base64, in a text that is whole: each is undone and read as a text of its own, and what is found in it
// is taken for found in the whole of the block.
import type { Engine } from '../api.ts';
import { LIMIT_KIND } from '../scanner/plan.ts';
import type { Given } from '../seams/split.ts';
import { inflate } from './inflate.ts';

/** Bytes of a block that are read: a block may say that it is gigabytes. */
export const MOST_BYTES = 64 * 1024;
/** Bytes that all blocks of a call may come to, so that a small request cannot make much work. */
export const MOST_IN_ALL = 4 * MOST_BYTES;

/** What is left of the bytes that may be read in a call. */
export interface Budget {
  bytes: number;
}

/** How base64 of a gzip or zlib header begins, and at least twenty more characters. */
const BLOCK = /(?:H4sI|eA[EFGH]|eF[4567]|eJ[wxyz]|eN[opqr])[A-Za-z0-9+/_-]{20,}/g;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decoded(base64: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((base64.length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let i = 0; i < base64.length; i += 1) {
    const unit = base64[i]!;
    bits = ((bits << 6) | ALPHABET.indexOf(unit === '-' ? '+' : unit === '_' ? '/' : unit)) & 0xffffff;
    if (i % 4 > 0) bytes[at++] = (bits >> (6 - 2 * (i % 4))) & 255;
  }
  return bytes;
}

/** Bytes of ASCII as they stand; all others as what no detector looks for. */
const textOf = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : '\ufffd';
  return text;
};

const FLAG = { action: 'flag', as: 'label', rule: '' } as const;
const keyed = { hash: () => '', token: () => '' };

/**
 * What is found in the compressed blocks of a text: the block is the span. A block that is larger than what may be read is a
 * finding of kind `limit.match-length`.
 */
export function packed(engine: Engine, text: string, budget: Budget): readonly Given[] {
  const found: Given[] = [];
  for (const { index: start, 0: block } of text.matchAll(BLOCK)) {
    const end = start + block.length;
    const add = (told: Pick<Given, 'kind' | 'detector' | 'confidence' | 'value'>): void => {
      const { kind, detector, confidence, value } = told;
      found.push({ kind, detector, confidence, value, view: 'inflated', start, end });
    };
    const most = Math.min(MOST_BYTES, budget.bytes);
    // One more, to know whether there is more. A block that is none comes to nothing.
    const bytes = inflate(decoded(block), most + 1);
    if (bytes.length === 0) continue;
    budget.bytes = Math.max(0, budget.bytes - bytes.length);
    if (bytes.length > most) add({ kind: LIMIT_KIND, detector: 'inflated', confidence: 1, value: '' });
    engine.transform(textOf(bytes.subarray(0, most)), {
      keyed,
      treat: (finding, value) => {
        add({ ...finding, value });
        return FLAG;
      },
    });
  }
  return found;
}
