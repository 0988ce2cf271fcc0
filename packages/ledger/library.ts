// Reads the record: summaries from headers, replays from sealed bodies. It must not know which store keeps them.
import type { LaneFinding } from '@sluice/types';
import type { Parts } from './body.ts';
import { type ActHeader, type BeginHeader, type EndHeader, type Header, parseHeader } from './entry.ts';
import type { AdminAct, ExchangeFilter, ExchangeSummary, Library, Piece, Replay } from './ledger.ts';
import { piecesOf, type Side } from './pieces.ts';
import { unseal } from './seal.ts';
import type { Store, StoredExchange } from './store.ts';
import type { KeyWrapper } from './wrapper.ts';

export class LedgerLibrary implements Library {
  readonly #store: Pick<Store, 'exchanges' | 'entries' | 'acts'>;
  readonly #wrapper: KeyWrapper;

  constructor(store: Pick<Store, 'exchanges' | 'entries' | 'acts'>, wrapper: KeyWrapper) {
    this.#store = store;
    this.#wrapper = wrapper;
  }

  async list(filter: ExchangeFilter): Promise<readonly ExchangeSummary[]> {
    return (await this.#store.exchanges(filter)).map(summary);
  }

  async replay(id: string, { reveal }: { readonly reveal: boolean }): Promise<Replay | undefined> {
    const found = await this.#store.entries(id);
    if (!found) return undefined;
    const key = found.key && this.#wrapper.unwrap(found.key);
    const rows = found.entries.map(({ header, body }) => {
      const read = parseHeader(header);
      const parts =
        key && body && 'seal' in read && read.seal ? unseal(key, id, read.kind, read.seal, body) : {};
      return { header: read, parts };
    });
    const begin = rows.find(({ header }) => header.kind === 'begin')!;
    const end = rows.find(({ header }) => header.kind === 'end');
    const head = summary(found.head);
    const { received, forwarded } = begin.parts;
    // A body kept in full without an original of its own was not changed: it is the same bytes.
    const full = head.record === 'full';
    const asReceived = received ?? (full ? forwarded : undefined);
    return {
      summary: head,
      promptFindings: findings(begin.parts),
      responseFindings: findings(end?.parts ?? {}),
      steps: rows.flatMap(({ header: h }) =>
        h.kind === 'step' ? [{ at: h.at, step: h.step, details: h.details }] : [],
      ),
      forwarded,
      delivered: answer(rows, 'delivered'),
      ...(reveal && asReceived && { received: asReceived }),
      ...(reveal && full && { original: answer(rows, 'original') }),
    };
  }

  async acts(filter: {
    readonly since?: number;
    readonly limit?: number;
  }): Promise<readonly (AdminAct & { seq: number })[]> {
    return (await this.#store.acts(filter)).map(({ seq, header }) => {
      const { v: _v, kind: _kind, inbox: _inbox, salt: _salt, ...act } = parseHeader(header) as ActHeader;
      return { ...act, seq };
    });
  }
}

interface Row {
  readonly header: Header;
  readonly parts: Parts;
}

/** The pieces of a streamed answer, or the whole one as a single piece. */
function answer(rows: readonly Row[], side: Side): Piece[] {
  const began = (rows[0]!.header as BeginHeader).at;
  return rows.flatMap(({ header, parts }) => {
    if (header.kind === 'piece') return piecesOf(parts, side);
    const whole = (side === 'original' ? parts.original : undefined) ?? parts.delivered;
    return header.kind === 'end' && whole
      ? [{ at: header.firstByteMs ?? header.at - began, bytes: whole }]
      : [];
  });
}

const findings = (parts: Parts): LaneFinding[] =>
  parts.findings ? (JSON.parse(parts.findings.toString()) as LaneFinding[]) : [];

function summary(stored: StoredExchange): ExchangeSummary {
  const {
    v: _v,
    kind: _kind,
    seal: _seal,
    exchange,
    findings: prompt,
    ...begin
  } = parseHeader(stored.begin) as BeginHeader;
  const ended = stored.end && (parseHeader(stored.end) as EndHeader);
  const counts: Record<string, number> = { ...prompt };
  for (const [kind, n] of Object.entries(ended?.findings ?? {})) counts[kind] = (counts[kind] ?? 0) + n;
  return {
    ...begin,
    id: exchange,
    seq: stored.seq,
    state: stored.state,
    findings: counts,
    ...(ended && { end: endOf(ended) }),
  };
}

function endOf(header: EndHeader): Omit<EndHeader, 'v' | 'kind' | 'exchange' | 'findings' | 'seal'> {
  const { v: _v, kind: _kind, exchange: _exchange, findings: _findings, seal: _seal, ...end } = header;
  return end;
}
