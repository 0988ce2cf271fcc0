// Kill switches and broken glass, as a call sees them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ledger, openLedger } from '@sluice/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emergency } from './emergency.ts';

const NOW = 1_800_000_000_000;

let directory: string;
let ledger: Ledger;
let emergency: Emergency;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-emergency-'));
  ledger = await openLedger({ path: path.join(directory, 'a.db'), keyFile: path.join(directory, 'a.key') });
  emergency = new Emergency(ledger.switches, () => NOW);
});
afterEach(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true });
});

describe('a kill switch', () => {
  const isStopped = async (connection: string) => Emergency.isStopped(await emergency.load(), connection);

  it('is seen by the next call, and so is its end', async () => {
    expect(await isStopped('gpt')).toBe(false);
    await ledger.switches.stop('gpt', 'ada', NOW, 'a leak');
    expect(await isStopped('gpt')).toBe(true);
    expect(await isStopped('claude')).toBe(false);
    await ledger.switches.resume('gpt');
    expect(await isStopped('gpt')).toBe(false);
  });

  it('for all stops every connection', async () => {
    await ledger.switches.stop('*', 'ada', NOW, 'a leak');
    expect(await isStopped('gpt')).toBe(true);
    expect(await isStopped('')).toBe(true);
  });

  it('costs no look into the store while nothing changes', async () => {
    await emergency.load();
    const state = emergency.load();
    expect(state).not.toBeInstanceOf(Promise);
    await ledger.switches.stop('gpt', 'ada', NOW, 'a leak');
    expect(emergency.load()).toBeInstanceOf(Promise);
  });
});

describe('a broken glass', () => {
  const order = {
    id: 'glass_1',
    subject: 'ada',
    connection: 'gpt',
    minutes: 10,
    reason: 'down',
    requestedBy: 'bob',
  };
  const UNTIL = NOW + 10 * 60_000;
  const inForce = async (person = 'ada', connection = 'gpt', now = NOW) =>
    Emergency.glassFor(await emergency.load(), person, connection, now);

  it('is in force once another person has confirmed it, for its person, connection and time', async () => {
    await ledger.switches.openGlass(order);
    expect(await inForce()).toBeUndefined();
    expect(await ledger.switches.confirmGlass('glass_1', 'bob', NOW)).toBe('own');
    expect(await inForce()).toBeUndefined();
    await ledger.switches.confirmGlass('glass_1', 'carol', NOW);
    expect(await inForce()).toBe('glass_1');
    expect(await inForce('bob')).toBeUndefined();
    expect(await inForce('ada', 'claude')).toBeUndefined();
    expect(await inForce('ada', 'gpt', UNTIL - 1)).toBe('glass_1');
    expect(await inForce('ada', 'gpt', UNTIL)).toBeUndefined();
    await ledger.switches.closeGlass('glass_1');
    expect(await inForce()).toBeUndefined();
  });

  it('may be for all connections', async () => {
    await ledger.switches.openGlass({ ...order, connection: '*' });
    await ledger.switches.confirmGlass('glass_1', 'carol', NOW);
    expect(await inForce('ada', 'claude')).toBe('glass_1');
  });
});
