// Streams read to their end, with the moment at which each piece of text became visible. It must not know which peer answers.
import { FOUR_PIECES, WORD_PIECES } from './answers.ts';
import { type Caller, openCallers } from './caller.ts';
import { fetchEmissions, monotonicMs } from './emissions.ts';
import { lateness } from './lateness.ts';
import type { Order, StreamFigures } from './orders.ts';
import { quantiles } from './quantiles.ts';
import { chatRequests, markOf } from './requests.ts';
import { VisibleText } from './visible.ts';

interface Read {
  readonly mark: string;
  readonly text: VisibleText;
  /** Milliseconds from the request to the first event; NaN when none came. */
  first: number;
  failure: string | undefined;
}

export async function streams(order: Extract<Order, { kind: 'streams' }>): Promise<StreamFigures> {
  const [, mode = '', count = '0'] = order.model.split('-');
  const source = mode === 'prose' ? WORD_PIECES : FOUR_PIECES;
  const pieces = Array.from({ length: Number(count) }, (_, i) => source[i % source.length]?.length ?? 0);
  const expected = pieces.reduce((sum, piece) => sum + piece, 0);
  const callers = await openCallers(order.target.port, order.streams);
  const request = chatRequests(order.target, order.model);

  const cpu = process.cpuUsage();
  const began = performance.now();
  const reads = await Promise.all(callers.map((caller) => readOne(caller, request())));
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  for (const caller of callers) caller.close();

  const good = reads.filter((read) => read.failure === undefined && read.text.total === expected);
  const written = mode === 'fast' ? {} : await fetchEmissions(order.upstream);
  const late = good.flatMap((read) => lateness(pieces, written[read.mark] ?? [], read.text));
  return {
    events: pieces.length * order.streams,
    failed: reads.length - good.length,
    failure:
      good.length === reads.length
        ? undefined
        : (reads.find((read) => read.failure)?.failure ?? 'text is missing'),
    seconds,
    first: quantiles(good.map((read) => read.first)),
    lag: quantiles(late.flatMap((one) => one.lag)),
    tokensLate: quantiles(late.flatMap((one) => one.tokensLate)),
    held: quantiles(late.flatMap((one) => one.held)),
    load: (used.user + used.system) / 1e6 / seconds,
  };
}

function readOne(caller: Caller, request: Buffer): Promise<Read> {
  const start = monotonicMs();
  const read: Read = {
    mark: markOf(request),
    text: new VisibleText(),
    first: Number.NaN,
    failure: undefined,
  };
  return new Promise((done) => {
    const sent = caller.send(request, {
      body: (bytes) => {
        const now = monotonicMs();
        if (Number.isNaN(read.first)) read.first = now - start;
        read.text.push(bytes, now);
      },
      end: (_, failure) => {
        read.failure = failure;
        done(read);
      },
    });
    if (!sent) {
      read.failure = 'the connection was closed';
      done(read);
    }
  });
}
