// What every store's keys and switches must do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { State } from '../ledger.ts';
import { NOON, sampleKey } from './samples.ts';

const MINUTE = 60_000;

interface Opened {
  readonly state: State;
  close(): Promise<void>;
}

/** `open` gives an empty state. */
export function stateConformance(open: () => Promise<Opened>): void {
  let opened: Opened;
  const aState = () => {
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
  };

  describe('keys', () => {
    aState();
    it('are found by their hash', async () => {
      const plain = sampleKey('a');
      const full = sampleKey('b', { connections: ['gpt'], expiresAt: NOON + 1, createdAt: NOON + 1 });
      await opened.state.keys.insert(plain);
      await opened.state.keys.insert(full);
      const { keys } = opened.state;
      expect(await keys.byHash(plain.hash)).toEqual(plain);
      expect(await keys.byHash(full.hash)).toEqual(full);
      expect(await keys.byHash('none')).toBeUndefined();
      expect(await keys.list()).toEqual([plain, full]);
    });

    it('are revoked once', async () => {
      const { keys } = opened.state;
      await keys.insert(sampleKey('a'));
      expect(await keys.revoke('a', NOON + 5)).toBe(true);
      expect(await keys.revoke('a', NOON + 6)).toBe(false);
      expect(await keys.revoke('none', NOON)).toBe(false);
      expect((await keys.byHash('hash of a'))!.revokedAt).toBe(NOON + 5);
    });

    it('may not share an id or a hash', async () => {
      const { keys } = opened.state;
      await keys.insert(sampleKey('a'));
      await expect(keys.insert(sampleKey('a', { hash: 'other' }))).rejects.toThrow();
      await expect(keys.insert(sampleKey('b', { hash: 'hash of a' }))).rejects.toThrow();
      expect(await keys.list()).toHaveLength(1);
    });

    it('have a generation that changes with every change and with nothing else', async () => {
      const { keys, switches } = opened.state;
      const seen = [keys.generation()];
      const changed = () => !seen.includes(keys.generation()) && seen.push(keys.generation());
      expect(changed()).toBe(false);
      await keys.insert(sampleKey('a'));
      expect(changed()).toBeTruthy();
      await keys.byHash('hash of a');
      await switches.stop('gpt', 'ada', NOON, 'leak');
      await keys.revoke('none', NOON);
      expect(changed()).toBe(false);
      await keys.revoke('a', NOON);
      expect(changed()).toBeTruthy();
    });
  });

  describe('switches', () => {
    aState();
    it('stop and resume connections', async () => {
      await opened.state.switches.stop('gpt', 'ada', NOON, 'leak');
      await opened.state.switches.stop('*', 'bob', NOON + 1, 'drill');
      const { switches } = opened.state;
      expect(await switches.stopped()).toEqual([
        { connection: '*', by: 'bob', at: NOON + 1, reason: 'drill' },
        { connection: 'gpt', by: 'ada', at: NOON, reason: 'leak' },
      ]);
      expect(await switches.resume('gpt')).toBe(true);
      expect(await switches.resume('gpt')).toBe(false);
      expect(await switches.stopped()).toHaveLength(1);
    });

    it('open a glass only with a second person, for its minutes', async () => {
      const { switches } = opened.state;
      const glass = {
        id: 'g',
        subject: 'eve',
        connection: 'gpt',
        reason: 'outage',
        requestedBy: 'ada',
        minutes: 30,
      };
      await switches.openGlass(glass);
      expect(await switches.glasses(NOON)).toEqual([glass]);
      expect(await switches.confirmGlass('g', 'ada', NOON)).toBe('own');
      expect(await switches.confirmGlass('g', 'eve', NOON)).toBe('own');
      expect(await switches.confirmGlass('none', 'bob', NOON)).toBe('unknown');
      const open = { ...glass, confirmedBy: 'bob', until: NOON + 30 * MINUTE };
      expect(await switches.confirmGlass('g', 'bob', NOON)).toEqual(open);
      expect(await switches.confirmGlass('g', 'cid', NOON)).toBe('closed');
      expect(await switches.glasses(NOON + 29 * MINUTE)).toEqual([open]);
      expect(await switches.glasses(NOON + 30 * MINUTE)).toEqual([]);
      expect(await switches.closeGlass('g')).toBe(true);
      expect(await switches.closeGlass('g')).toBe(false);
      expect(await switches.glasses(NOON)).toEqual([]);
    });

    it('have a generation that changes with every change', async () => {
      const { switches } = opened.state;
      const seen = new Set([switches.generation()]);
      const changes: (() => Promise<unknown>)[] = [
        () => switches.stop('gpt', 'ada', NOON, 'leak'),
        () => switches.resume('gpt'),
        () =>
          switches.openGlass({
            id: 'g',
            subject: 'e',
            connection: '*',
            reason: 'r',
            requestedBy: 'ada',
            minutes: 1,
          }),
        () => switches.confirmGlass('g', 'bob', NOON),
        () => switches.closeGlass('g'),
      ];
      for (const change of changes) {
        await change();
        seen.add(switches.generation());
      }
      expect(seen.size).toBe(changes.length + 1);
    });
  });
}
