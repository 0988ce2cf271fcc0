// Was a value drawn by a machine, and from which alphabet? Knows no provider and no name.
import { entropy } from './entropy.ts';
import { isDummyBody, isSequence } from './placeholder.ts';
import { randomness } from './randomness.ts';

/** What a drawn value is written in: both cases and digits, one case and digits, hexadecimal digits, or a UUID. */
export type Drawn = 'base62' | 'base36' | 'hex' | 'uuid';

const UUID_SHAPE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How often letters and digits alternate; names have their digits at the end. */
function turns(text: string): number {
  return (text.match(/[A-Za-z]\d|\d[A-Za-z]/g) ?? []).length;
}

/**
 * The alphabet that `text` was drawn from, or undefined when it reads like words, a number, a run or a stand-in. At least
 * 16 characters; dashes and underscores may stand among those of both cases.
 */
export function drawnFrom(text: string): Drawn | undefined {
  if (UUID_SHAPE.test(text)) return isSequence(text) ? undefined : 'uuid';
  const plain = text.replace(/[-_=+/.]/g, '');
  if (plain.length < 16 || !/\d/.test(plain) || !/[A-Za-z]/.test(plain)) return undefined;
  if (isDummyBody(text) || isSequence(plain)) return undefined;
  // An alphabet, in any order.
  if (plain.length >= 32 && new Set(plain).size === plain.length) return undefined;
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text))
    return entropy(text) >= 2.8 && turns(text) >= 5 ? 'hex' : undefined;
  if (/[a-z]/.test(plain) && /[A-Z]/.test(plain))
    return entropy(text) >= 3.5 && randomness(plain) > 1.2 ? 'base62' : undefined;
  const enough = turns(plain) >= 4 && (plain.match(/\d/g) ?? []).length >= 3;
  return enough && entropy(plain) >= 3.2 && randomness(plain) > 0.4 ? 'base36' : undefined;
}
