// The process that is killed: writes exchanges from several callers at once and prints each receipt once it has it.
// Lines: `begin <id> <seq>`, `step <id> <seq>`, `end <id> <seq>`. A line means that the ledger has confirmed it.
import { writeSync } from 'node:fs';
import { exchangeId, openLedger } from '../index.ts';
import { sampleEnd, sampleStart } from './samples.ts';

const [path, keyFile] = process.argv.slice(2) as [string, string];
const CALLERS = 12;

// Synchronous, so that nothing printed is lost in a buffer of this process.
const say = (line: string) => writeSync(1, `${line}\n`);

const ledger = await openLedger({ path, keyFile, segmentBytes: 256 << 10, maxSegments: 6 });
say('ready');

async function caller(): Promise<never> {
  for (let n = 0; ; n++) {
    const id = exchangeId(Date.now());
    const start = sampleStart(id, { at: Date.now() });
    const begun = await ledger.begin(start, {
      received: Buffer.from(`prompt of ${id} `.repeat(1 + (n % 50))),
    });
    say(`begin ${id} ${begun.seq}`);
    if (n % 3 === 0) say(`step ${id} ${(await ledger.step(id, 'forward', { attempt: 1 })).seq}`);
    if (n % 4 === 0) ledger.piece(id, 'delivered', Date.now(), Buffer.from('a piece of the answer'));
    const answer = { original: Buffer.from(`answer of ${id} `.repeat(1 + (n % 20))) };
    const ended = await ledger.finish(id, sampleEnd({ at: Date.now() }), n % 4 === 0 ? undefined : answer);
    say(`end ${id} ${ended.seq}`);
  }
}

await Promise.all(Array.from({ length: CALLERS }, caller));
