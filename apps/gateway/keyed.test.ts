// Keyed hashes and stand-ins: stable for one caller, unrelated for another.
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyring } from './keyed.ts';

const key = (fill: number) => createSecretKey(Buffer.alloc(32, fill));
const ring = new Keyring({ hash: key(1), token: key(2), seal: key(3) });

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
    const other = new Keyring({ hash: key(9), token: key(2), seal: key(3) });
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

describe('the seal of what travels with its caller', () => {
  const sealer = ring.sealer('ada', 'claude');

  it('opens for the same caller and connection, whatever was sealed, and never reads the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = sealer.seal(text);
        expect(ring.sealer('ada', 'claude').open(sealed)).toBe(text.toWellFormed());
        expect(sealer.seal(text)).not.toBe(sealed);
        if (text.length > 8) expect(Buffer.from(sealed, 'base64').includes(text)).toBe(false);
      }),
    );
  });

  it.each([
    ['another caller', 'bob', 'claude'],
    ['another connection', 'ada', 'other'],
    ['names that read the same when joined', 'adac', 'laude'],
  ])('does not open for %s', (_, principal, connection) => {
    expect(ring.sealer(principal, connection).open(sealer.seal('a secret'))).toBeUndefined();
  });

  it('does not open once a bit has changed, nor for anything that was never sealed', () => {
    const bytes = Buffer.from(sealer.seal('a secret'), 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const other = Buffer.from(bytes);
      other[at]! ^= 1;
      expect(sealer.open(other.toString('base64'))).toBeUndefined();
    }
    for (const sealed of ['', 'AAAA', 'not base64 at all']) expect(sealer.open(sealed)).toBeUndefined();
  });
});
