// The store's own thread: follows the journal into the tables, and answers calls, so that the event loop of the gateway
// never waits for SQLite. Entries reach it through the journal's files alone, at the start as later.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { RecordUnavailable } from '../../errors.ts';
import { type Frame, readFrame } from '../../journal/frame.ts';
import type { Durable } from '../../journal/journal.ts';
import { readStretch, unapplied } from '../../journal/scan.ts';
import { Applier } from './apply.ts';
import { methods } from './database.ts';
import { mapped } from './failure.ts';
import { inbox } from './inbox.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';
import { connect } from './schema.ts';
import { releaseAll } from './state/approvals.ts';

/** Bytes applied in one transaction: larger ones are cheaper by the entry, and make a call wait longer. */
const BATCH = 2 << 20;
const RETRY_MS = 250;
const INBOX_MS = 250;

const port = parentPort!;
const { path, journal } = workerData as WorkerSetup;
const behind = connect(path, 'behind');
const durable = connect(path, 'durable');
const applier = new Applier(behind);
const calls = methods(durable);
const submitted = inbox(durable);
const flush = durable.prepare('update applied set next_seq = next_seq');
const say = (message: FromWorker) => port.postMessage(message);

let backlog: Durable[] = [];
let syncWanted = false;
let retry: NodeJS.Timeout | undefined;

function recover(): void {
  let batch: Frame[] = [];
  let bytes = 0;
  for (const frame of unapplied(journal, applier.nextSeq)) {
    batch.push(frame);
    bytes += frame.header.length + frame.bodyLength;
    if (bytes < BATCH) continue;
    applier.apply(batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) applier.apply(batch);
  releaseAll(durable);
  flush.run();
}

/** The next frames of the backlog, up to a batch, and how many stretches they are. */
function nextBatch(): { readonly frames: readonly Frame[]; readonly stretches: number } {
  const frames: Frame[] = [];
  let bytes = 0;
  let stretches = 0;
  while (stretches < backlog.length && bytes < BATCH) {
    const { segment, from } = backlog[stretches]!;
    let { to } = backlog[stretches++]!;
    // Stretches of one segment follow on one another: they are read at once.
    for (
      ;
      backlog[stretches]?.from === to && backlog[stretches]!.segment === segment && to - from < BATCH;
      stretches++
    )
      to = backlog[stretches]!.to;
    const read = readStretch(join(journal, segment), from, to);
    for (let at = 0; at < read.length; ) {
      const frame = readFrame(read, at);
      if (!frame) throw new RecordUnavailable(`entry ${applier.nextSeq + frames.length} cannot be read back`);
      frames.push(frame);
      at = frame.next;
    }
    bytes += read.length;
  }
  return { frames, stretches };
}

/** Applies the backlog. What fails (a full disk) stays in it and is tried again; the journal's bound does the rest. */
function work(): boolean {
  try {
    while (backlog.length > 0) {
      const { frames, stretches } = nextBatch();
      applier.apply(frames);
      backlog = backlog.slice(stretches);
    }
    if (syncWanted) {
      flush.run();
      syncWanted = false;
      say({ kind: 'synced', seq: applier.nextSeq - 1 });
    }
    return true;
  } catch (error) {
    if (!(mapped(error) instanceof RecordUnavailable)) throw error;
    retry ??= setTimeout(() => {
      retry = undefined;
      work();
    }, RETRY_MS);
    return false;
  }
}

function call(id: number, method: string, args: readonly unknown[]): void {
  try {
    say({ kind: 'result', id, value: calls[method]!(...args) });
  } catch (error) {
    const cause = mapped(error);
    const unavailable = cause instanceof RecordUnavailable;
    const message = unavailable ? cause.why : cause instanceof Error ? cause.message : String(cause);
    say({ kind: 'failed', id, message, unavailable });
  }
}

function close(): void {
  syncWanted = true;
  if (work()) durable.exec('pragma wal_checkpoint(truncate)');
  clearTimeout(retry);
  clearInterval(polling);
  behind.close();
  durable.close();
  say({ kind: 'closed' });
  port.close();
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'apply') {
    backlog.push(...message.stretches);
    syncWanted ||= message.sync;
    if (!retry) work();
  } else if (message.kind === 'call') {
    // What waits for room is tried again first: an answer sees every entry that can be seen.
    if (backlog.length > 0) work();
    call(message.id, message.method, message.args);
  } else close();
});

recover();
say({ kind: 'ready', nextSeq: applier.nextSeq, open: applier.open });

const polling = setInterval(() => {
  const acts = submitted();
  if (acts.length > 0) say({ kind: 'inbox', acts });
}, INBOX_MS);
