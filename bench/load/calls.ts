// Closed-loop calls: each caller sends the next when the last is answered. It must not know which peer answers.
import { type Caller, openCallers } from './caller.ts';
import type { CallFigures, Target } from './orders.ts';
import { quantiles } from './quantiles.ts';
import type { RequestSource } from './requests.ts';

export interface Loop {
  readonly target: Target;
  readonly request: RequestSource;
  readonly connections: number;
  /** Ends after `ms`, or after `calls`. */
  readonly ms: number;
  readonly calls?: number;
  /** For a stream the first event counts as the first byte, not the head. */
  readonly streamed: boolean;
}

/** What every right answer has at least. */
const LEAST_BYTES = 500;

export async function calls(loop: Loop): Promise<CallFigures> {
  const callers = await openCallers(loop.target.port, loop.connections);
  const first: number[] = [];
  const whole: number[] = [];
  let failed = 0;
  let failure: string | undefined;
  const fail = (why: string): void => {
    failed++;
    failure ??= why;
  };
  let sent = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const until = began + loop.ms;

  const drive = (caller: Caller): Promise<void> =>
    new Promise((done) => {
      const next = (): void => {
        const start = performance.now();
        if (start >= until || sent === loop.calls) {
          done();
          return;
        }
        sent++;
        let seen = false;
        const mark = (): void => {
          if (!seen) first.push(performance.now() - start);
          seen = true;
        };
        const alive = caller.send(loop.request(), {
          ...(loop.streamed ? { body: mark } : { head: mark }),
          end: (bytes, why) => {
            whole.push(performance.now() - start);
            if (why !== undefined || bytes < LEAST_BYTES) fail(why ?? 'the answer is too short');
            next();
          },
        });
        if (!alive) {
          fail('the connection was closed');
          done();
        }
      };
      next();
    });
  await Promise.all(callers.map(drive));

  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  for (const caller of callers) caller.close();
  return {
    calls: whole.length,
    failed,
    failure,
    seconds,
    first: quantiles(first),
    whole: quantiles(whole),
    load: (used.user + used.system) / 1e6 / seconds,
  };
}
