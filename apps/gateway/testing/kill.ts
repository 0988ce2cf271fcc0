// Kills a gateway process at random moments under load, starts it again, and compares what callers have with what the record
// says. Used by the tests in short and by `npm run crash` in full. Test code only.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Leaky } from '@sluice/leaky';
import { createKey, ended, type GatewayProcess, prepare, startProcess } from './process.ts';

export interface KillOptions {
  readonly directory: string;
  readonly leaky: Leaky;
  readonly kills: number;
  readonly callers: number;
  /** Longest life of a process in milliseconds. */
  readonly longest: number;
}

export interface KillReport {
  readonly kills: number;
  /** Answers that callers have in full, over all lives. */
  readonly answered: number;
  /** Sessions of which a caller has a byte and the record has nothing, or has a whole answer and the record no end. */
  readonly missing: readonly string[];
  readonly interrupted: number;
  /** Sessions that are neither ended nor interrupted after the last start. */
  readonly open: number;
}

interface Seen {
  readonly session: string;
  /** The whole answer arrived, terminator included. */
  whole: boolean;
}

interface Row {
  readonly id: string;
  readonly state: 'open' | 'held' | 'ended' | 'interrupted';
}

export async function killUnderLoad(options: KillOptions): Promise<KillReport> {
  const { directory, leaky, kills, callers, longest } = options;
  const configFile = prepare(directory, leaky);
  const key = await createKey(configFile);
  const seen: Seen[] = [];
  for (let life = 0; life < kills; life++) {
    const gateway = await startProcess(configFile);
    const stop = new AbortController();
    const load = Array.from({ length: callers }, (_, caller) =>
      keepCalling(gateway, key, caller % 2 === 0, seen, stop.signal),
    );
    const before = seen.length;
    while (seen.length === before) await sleep(5);
    await sleep(50 + Math.random() * longest);
    gateway.child.kill('SIGKILL');
    await ended(gateway.child);
    stop.abort();
    await Promise.all(load);
  }
  return compare(await startProcess(configFile), seen, kills);
}

async function keepCalling(
  gateway: GatewayProcess,
  key: string,
  stream: boolean,
  seen: Seen[],
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const response = await fetch(`${gateway.dataUrl}/gpt/v1/chat/completions`, {
        method: 'POST',
        signal: stop,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'leaky-1',
          stream,
          messages: [{ role: 'user', content: 'prose: 20' }],
        }),
      });
      const entry: Seen = { session: response.headers.get('x-sluice-session') ?? '', whole: false };
      seen.push(entry);
      const text = await response.text();
      entry.whole = stream ? text.trimEnd().endsWith('[DONE]') : text.endsWith('}');
    } catch {
      // The process is gone, which is what is being tested; whoever waits for the next life is told by `stop`.
      await sleep(5);
    }
  }
}

async function compare(gateway: GatewayProcess, seen: readonly Seen[], kills: number): Promise<KillReport> {
  const rows = new Map<string, Row>();
  let after = '';
  for (;;) {
    const { body } = await gateway.admin('GET', `/sessions?limit=500${after}`);
    const { sessions } = body as { sessions: readonly Row[] };
    for (const row of sessions) rows.set(row.id, row);
    const last = sessions.at(-1);
    if (last === undefined) break;
    after = `&after=${last.id}`;
  }
  gateway.child.kill('SIGTERM');
  await ended(gateway.child);
  const missing = seen.filter((entry) => {
    const row = rows.get(entry.session);
    return row === undefined || (entry.whole && row.state !== 'ended');
  });
  const states = [...rows.values()].map((row) => row.state);
  return {
    kills,
    answered: seen.filter((entry) => entry.whole).length,
    missing: missing.map((entry) => entry.session),
    interrupted: states.filter((state) => state === 'interrupted').length,
    open: states.filter((state) => state === 'open' || state === 'held').length,
  };
}
