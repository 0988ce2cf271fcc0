// What the record costs: receipts a second, latency of a lone receipt against one flush of the same disk in the same
// run, CPU of an exchange from begin to end, sealed, durable and applied. Nothing is switched off.
// `node scripts/run.mjs bench/ledger.ts [--json FILE] [--exchanges N] [--dir DIRECTORY]`
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ExchangeStart, exchangeId, type Ledger, openLedger } from '@sluice/ledger';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    exchanges: { type: 'string', default: '8000' },
    dir: { type: 'string', default: tmpdir() },
  },
});

const PROMPT = randomBytes(2048);
const ANSWER = randomBytes(1024);

function start(id: string): ExchangeStart {
  return {
    id,
    at: Date.now(),
    principal: {
      subject: 'key:bench',
      display: 'bench',
      groups: ['engineering'],
      method: 'key',
      person: 'local:admin',
    },
    connection: 'gpt',
    protocol: 'openai',
    operation: 'chat',
    model: 'gpt-4o-mini',
    method: 'POST',
    path: '/v1/chat/completions',
    stream: false,
    policy: { name: 'standard', hash: 'a'.repeat(64) },
    record: 'full',
    verdict: {
      kind: 'transform',
      reasons: [
        { rule: 'pii.email', kind: 'pii.email', action: 'mask', lane: 'messages[0].content', count: 1 },
      ],
    },
    findings: [
      {
        kind: 'pii.email',
        detector: 'email',
        lane: 'messages[0].content',
        start: 10,
        end: 30,
        confidence: 0.9,
        view: 'raw',
        late: false,
        hash: 'b'.repeat(32),
      },
    ],
  };
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor((sorted.length - 1) * q)]!;
const micros = (ms: number): number => Math.round(ms * 1000);

/** One flush of this file system: the same 3,000 bytes, appended and flushed, and written over in place. */
function disk(directory: string): { readonly append: number; readonly inPlace: number } {
  const bytes = randomBytes(3000);
  const path = join(directory, 'flush');
  const measure = (flag: number, once: (fd: number, n: number) => void): number => {
    writeFileSync(path, Buffer.alloc(flag === 0 ? 0 : 2 << 20));
    const fd = openSync(path, constants.O_RDWR | flag);
    const times: number[] = [];
    for (let n = 0; n < 500; n++) {
      const began = performance.now();
      once(fd, n);
      times.push(performance.now() - began);
    }
    closeSync(fd);
    return micros(
      quantile(
        times.sort((a, b) => a - b),
        0.5,
      ),
    );
  };
  const append = measure(0, (fd, n) => {
    writeSync(fd, bytes, 0, bytes.length, n * bytes.length);
    fdatasyncSync(fd);
  });
  const inPlace = measure(constants.O_DSYNC, (fd, n) =>
    writeSync(fd, bytes, 0, bytes.length, n * bytes.length),
  );
  return { append, inPlace };
}

interface Run {
  readonly callers: number;
  readonly receiptsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuPerExchange: number;
}

/** Each caller begins an exchange and finishes it, over and over: two receipts an exchange. */
async function run(ledger: Ledger, callers: number, exchanges: number): Promise<Run> {
  const times: number[] = [];
  let left = exchanges;
  const caller = async () => {
    while (left-- > 0) {
      const id = exchangeId(Date.now());
      const began = performance.now();
      await ledger.begin(start(id), { received: PROMPT });
      times.push(performance.now() - began);
      await ledger.finish(
        id,
        {
          at: Date.now(),
          outcome: 'answered',
          status: 200,
          findings: [],
          requestBytes: 2048,
          responseBytes: 1024,
        },
        { original: ANSWER },
      );
    }
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1000;
  // The worker may be behind: a query waits until everything is applied, so that its share is counted.
  await ledger.list({ limit: 1 });
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  return {
    callers,
    receiptsPerSecond: Math.round((exchanges * 2) / seconds),
    p50: micros(quantile(times, 0.5)),
    p99: micros(quantile(times, 0.99)),
    cpuPerExchange: Math.round((user + system) / exchanges),
  };
}

const directory = mkdtempSync(join(flags.dir, 'sluice-bench-'));
try {
  const path = join(directory, 'sluice.db');
  const ledger = await openLedger({ path, keyFile: join(directory, 'sluice.key') });
  const exchanges = Number(flags.exchanges);
  await run(ledger, 16, Math.ceil(exchanges / 4));
  const flush = disk(directory);
  const runs: Run[] = [];
  for (const callers of [1, 16, 64])
    runs.push(await run(ledger, callers, callers === 1 ? Math.ceil(exchanges / 4) : exchanges));
  const total = runs.reduce(
    (sum, { callers }) => sum + (callers === 1 ? Math.ceil(exchanges / 4) : exchanges),
    Math.ceil(exchanges / 4),
  );
  await ledger.close();
  const overhead = Math.round(statSync(path).size / total - PROMPT.length - ANSWER.length);
  const result = {
    flush,
    runs,
    alone: { ratioToFlush: Number((runs[0]!.p50 / flush.inPlace).toFixed(2)) },
    bytesBesidesContentPerExchange: overhead,
  };
  process.stdout.write(
    `one flush of 3,000 bytes: ${flush.inPlace} µs in place, ${flush.append} µs appended\n`,
  );
  for (const { callers, receiptsPerSecond, p50, p99, cpuPerExchange } of runs)
    process.stdout.write(
      `${String(callers).padStart(3)} callers: ${receiptsPerSecond} receipts/s, receipt p50 ${p50} µs, p99 ${p99} µs, ` +
        `${cpuPerExchange} µs CPU an exchange\n`,
    );
  process.stdout.write(
    `alone: ${result.alone.ratioToFlush} × one flush; ${overhead} bytes an exchange beside its content\n`,
  );
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
