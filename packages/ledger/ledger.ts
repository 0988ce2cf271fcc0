// The record as the rest of the gateway sees it: steps in, receipts out; queries; and the durable state beside it.
// It must not know protocols, policies or sockets. Stores implement ./store.ts and pass one conformance suite.
import type { LaneFinding, Principal, Verdict } from '@sluice/types';
import type { EvidenceOrder } from './evidence/bundle.ts';
import type { Receipt } from './receipt.ts';
import type { TransparencyLog } from './tree/log.ts';

export type { Receipt };

/** Content policy: what is sealed. `redacted` keeps only what was forwarded and delivered, `metadata` neither. */
export type RecordMode = 'full' | 'redacted' | 'metadata';

/** Opens an exchange. Everything here is stored readable (searchable), so it holds no prompt or answer text. */
export interface ExchangeStart {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly principal:
    | Pick<Principal, 'subject' | 'display' | 'groups' | 'method' | 'person' | 'actor'>
    | undefined;
  readonly connection: string;
  readonly protocol: string;
  readonly operation: string;
  readonly model: string;
  readonly method: string;
  /** Path below the connection, without query. */
  readonly path: string;
  readonly stream: boolean;
  /** Name and content hash of the resolved policy. */
  readonly policy: { readonly name: string; readonly hash: string } | undefined;
  readonly record: RecordMode;
  readonly verdict: Verdict;
  readonly findings: readonly LaneFinding[];
  /** Id of the break-glass that let it through in observe mode. */
  readonly glass?: string;
  /** Set when the exchange is refused at once: its error code. */
  readonly refused?: string;
}

export interface RequestContent {
  readonly received: Buffer;
  /** Undefined when it equals `received`. */
  readonly forwarded?: Buffer;
}

export type Outcome =
  | 'answered'
  | 'refused'
  | 'cut'
  | 'limited'
  | 'upstream_failed'
  | 'caller_left'
  | 'interrupted';

export interface ExchangeEnd {
  readonly at: number;
  readonly outcome: Outcome;
  /** HTTP status sent to the caller. */
  readonly status: number;
  /** Error code when it did not end well. */
  readonly error?: string;
  /** Milliseconds from the start to the first byte of the answer. */
  readonly firstByteMs?: number;
  readonly findings: readonly LaneFinding[];
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly usage?: { readonly input?: number; readonly output?: number };
}

/** An administrative act: key issue, approval vote, reveal, switch, policy change, break-glass … */
export interface AdminAct {
  readonly at: number;
  /** `key.create`, `approval.vote`, `session.reveal`, `connection.stop`, `config.reload` … */
  readonly act: string;
  readonly by: string;
  /** What it was done to. */
  readonly on: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** Steps of an exchange between start and end. */
export type Step = 'hold' | 'approved' | 'denied' | 'expired' | 'forward' | 'retry' | 'cancelled';

export interface Recorder {
  /** Seals and appends the request; resolves once durable. Concurrent calls share one fsync (group commit). */
  begin(start: ExchangeStart, content: RequestContent): Promise<Receipt>;
  step(exchange: string, step: Step, details: Readonly<Record<string, string | number>>): Promise<Receipt>;
  /**
   * Queues a piece of the answer, written behind: `original` as it came from upstream, `delivered` as the caller got it.
   * Bounded memory: returns false when the queue is full, and the caller then awaits `drained()` (backpressure).
   */
  piece(exchange: string, side: 'original' | 'delivered', at: number, bytes: Buffer): boolean;
  drained(): Promise<void>;
  /** Durable end, to be awaited before the answer's terminator is sent. `content` for answers that came whole. */
  finish(
    exchange: string,
    end: ExchangeEnd,
    content?: { readonly original: Buffer; readonly delivered?: Buffer },
  ): Promise<Receipt>;
  act(act: AdminAct): Promise<Receipt>;
  /** False while entries cannot be made durable (full disk); readiness probes ask. Recovers by itself. */
  readonly available: boolean;
}

export interface ExchangeSummary extends Omit<ExchangeStart, 'findings'> {
  readonly seq: number;
  /** `open` while running; `interrupted` when the process died meanwhile. */
  readonly state: 'open' | 'held' | 'ended' | 'interrupted';
  readonly end?: Omit<ExchangeEnd, 'findings'>;
  /** Kind → count, prompt and response together. */
  readonly findings: Readonly<Record<string, number>>;
}

export interface Piece {
  /** Milliseconds since the exchange began. */
  readonly at: number;
  readonly bytes: Buffer;
}

export interface Replay {
  readonly summary: ExchangeSummary;
  readonly promptFindings: readonly LaneFinding[];
  readonly responseFindings: readonly LaneFinding[];
  readonly steps: readonly {
    readonly at: number;
    readonly step: Step;
    readonly details: Readonly<Record<string, string | number>>;
  }[];
  readonly forwarded: Buffer | undefined;
  readonly delivered: readonly Piece[];
  /** Only with `reveal`; undefined otherwise or when not recorded. */
  readonly received?: Buffer;
  readonly original?: readonly Piece[];
}

export interface ExchangeFilter {
  readonly since?: number;
  readonly until?: number;
  readonly principal?: string;
  readonly group?: string;
  readonly connection?: string;
  readonly operation?: string;
  readonly model?: string;
  /** Name of a policy, or the content hash of one version of it. */
  readonly policy?: string;
  readonly verdict?: string;
  /** A kind or a branch of kinds. */
  readonly finding?: string;
  /** Keyed hash of a value, hex, as findings carry it: in which exchanges it was found. At least its first 16 digits. */
  readonly value?: string;
  /** Id of an approval, or what became of one: `hold`, `approved`, `denied`, `expired`. */
  readonly approval?: string;
  /** Error code, or `interrupted`. */
  readonly error?: string;
  /** Bytes of request and answer together, of exchanges that have ended. Bounds included. */
  readonly minSize?: number;
  readonly maxSize?: number;
  /** Milliseconds from the begin to the end, of exchanges that have ended. Bounds included. */
  readonly minLatency?: number;
  readonly maxLatency?: number;
  /** Keyset cursor: the id of the last row of the page before. Newest first. */
  readonly after?: string;
  readonly limit?: number;
}

export interface Library {
  list(filter: ExchangeFilter): Promise<readonly ExchangeSummary[]>;
  replay(id: string, options: { readonly reveal: boolean }): Promise<Replay | undefined>;
  acts(filter: {
    readonly since?: number;
    readonly limit?: number;
  }): Promise<readonly (AdminAct & { readonly seq: number })[]>;
}

/** Durable state that is not the record itself. Every change is one transaction; every method may reject with RecordUnavailable. */
export interface State {
  readonly keys: KeyStore;
  readonly approvals: ApprovalStore;
  readonly switches: SwitchStore;
  /** What several gateways on one store count together; undefined where there is only one. */
  readonly shared: SharedState | undefined;
}

/** What can change in another process. */
export type Changing = 'keys' | 'switches' | 'approvals' | 'config';

export interface SharedState {
  /** Called when another gateway, or this one, has changed something: at once as a rule, within a second in any case. */
  onChange(listener: (what: Changing) => void): void;
  /** Adds what this gateway has counted, and gives what all have counted for these keys. Old slots are forgotten. */
  count(added: readonly Usage[]): Promise<readonly Usage[]>;
  readonly configs: ConfigStore;
}

/** What one caller has used in one slot of time. */
export interface Usage {
  /** Who, on which connection, in which span: opaque to the store. */
  readonly key: string;
  /** Ordinal of the slot: a key's count starts anew with a later one. */
  readonly slot: number;
  readonly requests: number;
  readonly bytes: number;
}

/** The configuration that all gateways of one store have in common, as its text. */
export interface ConfigStore {
  current(): Promise<{ readonly text: string; readonly hash: string } | undefined>;
  /** True when a text with this hash has been published before, by whomever. */
  wasPublished(hash: string): Promise<boolean>;
  publish(text: string, hash: string, by: string, at: number): Promise<void>;
}

export interface StoredKey {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the whole key, hex: the key has 256 random bits, so a slow hash would add nothing. */
  readonly hash: string;
  readonly owner: string;
  readonly groups: readonly string[];
  readonly connections?: readonly string[];
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

export interface KeyStore {
  insert(key: StoredKey): Promise<void>;
  byHash(hash: string): Promise<StoredKey | undefined>;
  list(): Promise<readonly StoredKey[]>;
  /** False when there is no such key or it was revoked before. */
  revoke(id: string, at: number): Promise<boolean>;
  /** Changes with every insert or revoke, by any process: lets verified keys be cached. Cheap to read. */
  generation(): number;
}

export interface Approval {
  readonly id: string;
  /** Hex digest of principal, connection, operation, model, policy hash and body. */
  readonly digest: string;
  readonly exchange: string;
  readonly principal: string;
  /** For the four-eyes rule. */
  readonly person: string;
  readonly connection: string;
  readonly operation: string;
  readonly model: string;
  readonly policy: string;
  readonly rules: readonly string[];
  /** Finding kinds and counts: what the approver is told. No text. */
  readonly findings: Readonly<Record<string, number>>;
  readonly groups: readonly string[];
  readonly minimum: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly status: 'pending' | 'approved' | 'denied' | 'expired' | 'consumed';
  readonly votes: readonly Vote[];
  readonly attempts: number;
}

export interface Vote {
  readonly person: string;
  readonly approve: boolean;
  readonly at: number;
  readonly reason: string;
}

/** A standing permission made by approving "for a time": this person and this rule, until an end. */
export interface Grant {
  readonly id: string;
  readonly person: string;
  readonly connection: string;
  readonly rule: string;
  readonly until: number;
  readonly by: readonly string[];
  readonly reason: string;
}

export interface ApprovalStore {
  /**
   * The live (pending or approved) approval with this digest, else a new one, atomically.
   * `capped` when the principal already has `cap` pending ones.
   */
  attach(
    draft: Omit<Approval, 'status' | 'votes' | 'attempts'>,
    cap: number,
  ): Promise<{ approval: Approval; created: boolean } | 'capped'>;
  get(id: string): Promise<Approval | undefined>;
  /** Denied or expired within the last `since`…now with this digest, so that a retry learns of it. */
  recent(digest: string, since: number): Promise<Approval | undefined>;
  list(filter: {
    readonly status?: Approval['status'];
    readonly limit?: number;
  }): Promise<readonly Approval[]>;
  /**
   * Counts a person's vote once; one denial denies; `minimum` approvals approve. Errors are values:
   * `own` (nobody approves their own), `twice`, `closed` (not pending or past expiry), `unknown`.
   */
  vote(id: string, vote: Vote): Promise<Approval | 'own' | 'twice' | 'closed' | 'unknown'>;
  /** Marks pending or approved ones past their end as expired; returns them. */
  expire(now: number): Promise<readonly Approval[]>;
  /** Adds one to `attempts` if approved, unconsumed, unexpired and below three; else says why not. */
  attempt(id: string, now: number): Promise<'ok' | 'busy' | 'spent' | 'gone'>;
  /** The attempt failed before a byte of the answer: another may start. */
  release(id: string): Promise<void>;
  /** approved → consumed, durably, exactly once. */
  consume(id: string): Promise<boolean>;
  grant(grant: Grant): Promise<void>;
  grants(person: string, connection: string, now: number): Promise<readonly Grant[]>;
  listGrants(now: number): Promise<readonly Grant[]>;
  revokeGrant(id: string): Promise<boolean>;
}

/** Emergency: kill switches and break-glass. */
export interface SwitchStore {
  /** `*` is all connections. */
  stop(connection: string, by: string, at: number, reason: string): Promise<void>;
  resume(connection: string): Promise<boolean>;
  stopped(): Promise<
    readonly {
      readonly connection: string;
      readonly by: string;
      readonly at: number;
      readonly reason: string;
    }[]
  >;
  openGlass(request: GlassRequest): Promise<void>;
  /** A second person confirms. Same error values as a vote. */
  confirmGlass(id: string, by: string, at: number): Promise<GlassRequest | 'own' | 'closed' | 'unknown'>;
  closeGlass(id: string): Promise<boolean>;
  glasses(now: number): Promise<readonly GlassRequest[]>;
  /** Changes with every change of a switch or a glass, by any process. */
  generation(): number;
}

/** Lets one named person through in observe mode for a time. In force only once a second person has confirmed. */
export interface GlassRequest {
  readonly id: string;
  readonly subject: string;
  readonly connection: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly confirmedBy?: string;
  readonly minutes: number;
  /** Epoch ms; set on confirmation. */
  readonly until?: number;
}

export interface Ledger extends Recorder, Library, State {
  /** The Merkle tree over the entries: its checkpoints, tiles and proofs. */
  readonly log: TransparencyLog;
  /**
   * A zip of what matches: entries, proofs, policies, reports, and a signed manifest; never what was said. Throws RangeError
   * when nothing or too much matches.
   */
  evidence(order: EvidenceOrder): Promise<Buffer>;
  /** 32 bytes for one purpose (`findings`, `tokens`, …), derived from the master key: the same at every start. */
  deriveKey(purpose: string): Buffer;
  /** Erases keys and content of exchanges that have ended; their headers stay. Returns how many there were. */
  erase(exchanges: readonly string[]): Promise<number>;
  /** Writes what is queued, then ends. Exchanges that are still open are closed as interrupted at the next start. */
  close(): Promise<void>;
}

/** The same ledger beside its writer: reads what is applied, changes the state, hands acts to the writer. */
export interface LedgerObserver extends Library, State {
  /** Durable once it resolves; becomes an entry when the writer runs. */
  act(act: AdminAct): Promise<void>;
  deriveKey(purpose: string): Buffer;
  close(): Promise<void>;
}
