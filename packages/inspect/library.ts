// The engine for those who use it alone, in a script or a browser: a few functions over a compiled engine.
import type { Finding, Treatment } from '@sluice/types';
import type { Engine, Keyed } from './api.ts';

const UNKEYED: Keyed = { hash: () => '', token: (kind) => `[${kind}]` };
const MASK: Treatment = { action: 'mask', as: 'label', rule: 'default' };

export interface MaskOptions {
  /** What to do with a finding. Default: mask with a label. */
  readonly treat?: (finding: Finding, value: string) => Treatment;
  /** Needed for the styles `hash` and `token` only. */
  readonly keyed?: Keyed;
}

/** Findings in the whole text, in order. Offsets are UTF-16 code units. */
export function scan(engine: Engine, text: string): Finding[] {
  return engine.scan(text);
}

/** The text with what was found masked. */
export function mask(engine: Engine, text: string, options: MaskOptions = {}): string {
  return engine.transform(text, { treat: options.treat ?? (() => MASK), keyed: options.keyed ?? UNKEYED })
    .output;
}

/**
 * Masks a text that arrives in chunks; yields what is settled, never an empty string.
 * Throws `StreamCut` when a `block` treatment applies.
 */
export async function* stream(
  engine: Engine,
  chunks: AsyncIterable<string> | Iterable<string>,
  options: MaskOptions = {},
): AsyncGenerator<string, void, undefined> {
  const lane = engine.lane({
    treat: options.treat ?? (() => MASK),
    keyed: options.keyed ?? UNKEYED,
    onFinding: () => undefined,
  });
  for await (const chunk of chunks) {
    const out = lane.push(chunk);
    if (out !== '') yield out;
  }
  const rest = lane.end();
  if (rest !== '') yield rest;
}

/** Where a transformer puts its output: the part of a `TransformStreamDefaultController` that is used here. */
export interface Sink {
  enqueue(text: string): void;
}

export interface TextTransformer {
  transform(chunk: string, sink: Sink): void;
  flush(sink: Sink): void;
}

/**
 * The streaming masker for `new TransformStream(transformer(engine))` (https://streams.spec.whatwg.org/#ts-class), of
 * strings on both sides. For one stream only. A `block` treatment errors the stream with `StreamCut`.
 */
export function transformer(engine: Engine, options: MaskOptions = {}): TextTransformer {
  const lane = engine.lane({
    treat: options.treat ?? (() => MASK),
    keyed: options.keyed ?? UNKEYED,
    onFinding: () => undefined,
  });
  const put = (text: string, sink: Sink): void => {
    if (text !== '') sink.enqueue(text);
  };
  return {
    transform: (chunk, sink) => put(lane.push(chunk), sink),
    flush: (sink) => put(lane.end(), sink),
  };
}
