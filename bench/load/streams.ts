// Streams read to their end, with the moment at which each piece of text became visible. It must not know which peer answers.
import { FOUR_PIECES, WORD_PIECES } from './answers.ts';
import { type Caller, openCallers } from './caller.ts';
import type { StreamFigures, Target } from './orders.ts';
import { quantiles } from './quantiles.ts';
import { chatRequests } from './requests.ts';
import { VisibleText } from './visible.ts';

const TOKEN_MS = 20;

export interface StreamOrder {
  readonly target: Target;
  readonly model: string;
  readonly streams: number;
}

export async function streams(order: StreamOrder): Promise<StreamFigures> {
  const [, mode = '', count = '0'] = order.model.split('-');
  const events = Number(count);
  const source = mode === 'prose' ? WORD_PIECES : FOUR_PIECES;
  const pieces = Array.from({ length: events }, (_, i) => (source[i % source.length] as string).length);
  const expected = pieces.reduce((sum, piece) => sum + piece, 0);
  const callers = await openCallers(order.target.port, order.streams);
  const request = chatRequests(order.target, order.model);
  const timed = mode !== 'fast';
  const first: number[] = [];
  const lag: number[] = [];
  const late: number[] = [];
  const held: number[] = [];
  let failed = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();

  const drive = (caller: Caller): Promise<void> =>
    new Promise((done) => {
      const start = performance.now();
      const text = new VisibleText();
      const sent = caller.send(request(), {
        body: (bytes) => {
          const now = performance.now();
          if (Number.isNaN(text.began)) first.push(now - start);
          text.push(bytes, now);
        },
        end: (ok) => {
          if (!ok || text.total !== expected) failed++;
          else if (timed) report(text);
          done();
        },
      });
      if (!sent) done();
    });

  const report = (text: VisibleText): void => {
    const seen = text.seen(pieces);
    const best = Math.min(...seen.map((at, k) => at - k * TOKEN_MS));
    let sum = 0;
    for (const [k, at] of seen.entries()) {
      sum += pieces[k] as number;
      const due = text.began + (k + 1) * TOKEN_MS;
      lag.push(at - k * TOKEN_MS - best);
      late.push(Math.max(0, Math.round((at - due) / TOKEN_MS)));
      held.push(Math.max(0, sum - text.visibleAt(due + 0.75 * TOKEN_MS)));
    }
  };

  await Promise.all(callers.map(drive));
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  for (const caller of callers) caller.close();
  return {
    events: events * order.streams,
    failed,
    seconds,
    first: quantiles(first),
    lag: quantiles(lag),
    tokensLate: quantiles(late),
    held: quantiles(held),
    load: (used.user + used.system) / 1e6 / seconds,
  };
}
