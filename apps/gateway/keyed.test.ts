// Keyed hashes and stand-ins: stable for one caller, unrelated for another.
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyring } from './keyed.ts';

const key = (fill: number) => createSecretKey(Buffer.alloc(32, fill));
const ring = new Keyring({ hash: key(1), token: key(2) });

describe('the hash of a finding', () => {
  it('is the same for the same value and kind, and another for any other', () => {
    const part = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(part, part, part, part, (kind, value, otherKind, otherValue) => {
        fc.pre(!kind.includes('\0') && !otherKind.includes('\0'));
        const same = kind === otherKind && value === otherValue;
        expect(ring.hash(kind, value) === ring.hash(otherKind, otherValue)).toBe(same);
      }),
    );
  });

  it('is 128 bits in hex, and nothing of the value can be read from it without the key', () => {
    expect(ring.hash('pii.email', 'ada')).toMatch(/^[0-9a-f]{32}$/);
    const other = new Keyring({ hash: key(9), token: key(2) });
    expect(other.hash('pii.email', 'ada')).not.toBe(ring.hash('pii.email', 'ada'));
  });

  it('is the same for every caller, so that findings can be compared', () => {
    expect(ring.for('ada', 'gpt').hash('pii.email', 'x')).toBe(
      ring.for('bob', 'claude').hash('pii.email', 'x'),
    );
  });
});

describe('a stand-in', () => {
  const token = (principal: string, connection: string, kind: string, value: string) =>
    ring.for(principal, connection).token(kind, value);

  it('is named for its kind, and opaque', () => {
    expect(token('ada', 'gpt', 'pii.email', 'x')).toMatch(/^EMAIL_[A-HJKMNP-TV-Z2-9AB]{16}$/);
    expect(token('ada', 'gpt', 'pii.us-ssn', 'x')).toMatch(/^USSSN_/);
    expect(token('ada', 'gpt', 'custom.-', 'x')).toMatch(/^VALUE_/);
  });

  it('stands for one value of one kind of one caller on one connection', () => {
    const part = fc.string({ maxLength: 8 });
    const parts = fc.tuple(part, part, part, part);
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        const same = one.every((value, i) => value === two[i]);
        expect(token(...one) === token(...two)).toBe(same);
      }),
    );
    // Neither can the border between two parts be moved.
    expect(token('ad', 'agpt', 'k', 'v')).not.toBe(token('ada', 'gpt', 'k', 'v'));
  });

  it('is told to whoever has to turn it back', () => {
    const told = new Map<string, string>();
    const keyed = ring.for('ada', 'gpt', (standIn, value) => told.set(standIn, value));
    const standIn = keyed.token('pii.email', 'ada@example.org');
    expect([...told]).toEqual([[standIn, 'ada@example.org']]);
  });
});
