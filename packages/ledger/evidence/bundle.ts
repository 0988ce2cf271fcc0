// A bundle of evidence: entries with their proofs, the checkpoint that they are proven against, the texts of their policies,
// and reports, in one zip with a signed manifest. Headers only: no key, and nothing that was said, goes in.
import { hash } from 'node:crypto';
import { type Header, parseHeader } from '../entry.ts';
import type { ExchangeFilter } from '../ledger.ts';
import type { Store } from '../store.ts';
import type { TransparencyLog } from '../tree/log.ts';
import { reportOf, reportPage } from './report.ts';
import { zip } from './zip.ts';

export interface EvidenceOrder {
  readonly at: number;
  readonly by: string;
  /** One session; else what the filter gives. */
  readonly session?: string;
  readonly filter?: Pick<
    ExchangeFilter,
    'since' | 'until' | 'principal' | 'connection' | 'model' | 'finding'
  >;
}

/** Sessions in one bundle. More are several bundles, by time. */
export const MOST_SESSIONS = 10_000;
const PAGE = 500;
const ACTS = 1000;

interface Kept {
  readonly seq: number;
  readonly header: Buffer;
}

/** Throws RangeError when there are too many sessions for one bundle, or none. */
export async function evidence(
  store: Pick<Store, 'exchanges' | 'entries' | 'acts' | 'range'>,
  log: TransparencyLog,
  order: EvidenceOrder,
): Promise<Buffer> {
  const ids = order.session === undefined ? await sessions(store, order.filter ?? {}) : [order.session];
  const entries = new Map<number, Buffer>();
  for (const id of ids)
    for (const { seq, header } of (await store.entries(id))?.entries ?? []) entries.set(seq, header);
  if (entries.size === 0) throw new RangeError('Nothing in the record matches.');
  for (const { seq, header } of await actsOf(store, order, new Set(ids))) entries.set(seq, header);
  const policies = await policyTexts(store, log, entries);
  const kept = [...entries].sort(([a], [b]) => a - b).map(([seq, header]) => ({ seq, header }));
  return bundled(log, order, kept, policies, ids.length);
}

async function sessions(store: Pick<Store, 'exchanges'>, filter: ExchangeFilter): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const after = ids.at(-1);
    const page = await store.exchanges({ ...filter, limit: PAGE, ...(after !== undefined && { after }) });
    ids.push(...page.map(({ begin }) => (parseHeader(begin) as { exchange: string }).exchange));
    if (ids.length > MOST_SESSIONS) throw new RangeError(`More than ${MOST_SESSIONS} sessions match.`);
    if (page.length < PAGE) return ids;
  }
}

/** Acts of the time that was asked for; with anything narrower, those on the sessions themselves. The newest thousand. */
async function actsOf(
  store: Pick<Store, 'acts'>,
  { session, filter = {} }: EvidenceOrder,
  ids: ReadonlySet<string>,
): Promise<Kept[]> {
  const { since = 0, until = Number.POSITIVE_INFINITY, principal, connection, model, finding } = filter;
  const byTime = [session, principal, connection, model, finding].every((one) => one === undefined);
  const acts = await store.acts({ since, limit: ACTS });
  return acts.filter(({ header }) => {
    const { at, on } = parseHeader(header) as { at: number; on: string };
    return at < until && (byTime || ids.has(on));
  });
}

/** Adds the entries that hold the texts to `entries`. A policy from before texts were recorded has none. */
async function policyTexts(
  store: Pick<Store, 'range'>,
  log: TransparencyLog,
  entries: Map<number, Buffer>,
): Promise<Map<string, string>> {
  const hashes = new Set<string>();
  for (const header of entries.values()) {
    const read = parseHeader(header);
    if (read.kind === 'begin' && read.policy) hashes.add(read.policy.hash);
    if (read.kind === 'act' && read.act === 'policy.text') hashes.add(read.on);
  }
  const texts = new Map<string, string>();
  await log.advance();
  for (const name of hashes) {
    const seq = await log.policy(name);
    const [entry] = seq === undefined ? [] : await store.range(seq, 1);
    if (!entry) continue;
    entries.set(entry.seq, entry.header);
    const { details } = parseHeader(entry.header) as { details?: { text?: string } };
    texts.set(name, details?.text ?? '');
  }
  return texts;
}

async function bundled(
  log: TransparencyLog,
  order: EvidenceOrder,
  kept: readonly Kept[],
  policies: ReadonlyMap<string, string>,
  count: number,
): Promise<Buffer> {
  const { size, note } = await log.covering(kept.at(-1)!.seq + 1);
  const proofs = await log.inclusion(
    kept.map(({ seq }) => seq),
    size,
  );
  const headers: Header[] = kept.map(({ header }) => parseHeader(header));
  const report = reportOf(headers);
  const about = {
    made: new Date(order.at).toISOString(),
    by: order.by,
    scope: order.session === undefined ? { ...order.filter } : { session: order.session },
    sessions: count,
    log: log.vkey,
    size,
  };
  const lines = (rows: readonly object[]) =>
    Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const files = new Map<string, Buffer>([
    ['entries.jsonl', lines(kept.map(({ seq, header }) => ({ seq, header: header.toString() })))],
    [
      'proofs.jsonl',
      lines(kept.map(({ seq }, n) => ({ seq, proof: proofs[n]!.map((one) => one.toString('base64')) }))),
    ],
    ['checkpoint', Buffer.from(note)],
    ['report.json', Buffer.from(`${JSON.stringify(report, null, 2)}\n`)],
    ['report.html', Buffer.from(reportPage(report, about))],
  ]);
  for (const [name, text] of policies) files.set(`policies/${name}.json`, Buffer.from(text));
  const listed = Object.fromEntries([...files].map(([name, bytes]) => [name, hash('sha256', bytes)]));
  const manifest = Buffer.from(
    `${JSON.stringify({ format: 'sluice-evidence/1', ...about, files: listed }, null, 2)}\n`,
  );
  const origin = log.vkey.slice(0, log.vkey.indexOf('+'));
  const signed = log.sign(`sluice-evidence/1\n${origin}\n${hash('sha256', manifest, 'base64')}\n`);
  return zip(new Map([['manifest.json', manifest], ['manifest.note', Buffer.from(signed)], ...files]));
}
