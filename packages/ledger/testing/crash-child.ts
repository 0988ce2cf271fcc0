// The process that is killed: writes exchanges from several callers at once and notes each receipt once it has it.
// Lines: `begin <id> <seq>`, `step <id> <seq>`, `end <id> <seq>`. A line means that the ledger has confirmed it.
import { openSync, writeSync } from 'node:fs';
import { exchangeId, openLedger } from '../index.ts';
import { sampleEnd, sampleStart } from './samples.ts';

const [path, keyFile, notes] = process.argv.slice(2) as [string, string, string];
const CALLERS = 12;

// To a file and synchronously: what is noted survives the kill, and a slow reader cannot hold it up.
const file = openSync(notes, 'a');
const say = (line: string) => writeSync(file, `${line}\n`);

const ledger = await openLedger({ path, keyFile, segmentBytes: 256 << 10, maxSegments: 6 });
process.stdout.write('ready\n');

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
