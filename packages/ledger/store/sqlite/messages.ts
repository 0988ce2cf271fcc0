// What the store and its worker say to each other.
import type { Durable } from '../../journal/journal.ts';
import type { Submitted } from './inbox.ts';

export interface WorkerSetup {
  readonly path: string;
  readonly journal: string;
  /** Folder of compiled modules, where the process has one. */
  readonly compileCache: string | undefined;
}

export type ToWorker =
  /** Stretches that have become durable, in order. With `sync`, say when they are durable in the database too. */
  | { readonly kind: 'apply'; readonly stretches: readonly Durable[]; readonly sync: boolean }
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  /** Apply everything, checkpoint, end. */
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly nextSeq: number; readonly open: readonly string[] }
  /** Entries up to here are durable in the database, and the journal may forget them. */
  | { readonly kind: 'synced'; readonly seq: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly unavailable: boolean }
  | { readonly kind: 'inbox'; readonly acts: readonly Submitted[] }
  | { readonly kind: 'closed' };
