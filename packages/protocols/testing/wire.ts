// Reading answers as clients do, for tests: events out of bytes, deltas added up, every text and key that can be seen.

import type { OpenLane } from '@sluice/types';
import { Malformed } from '../malformed.ts';
import type { Claim, Protocol } from '../protocol.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The `data` of every event, by the plainest reading of the standard. */
export function dataOf(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n\n')
    .map((event) =>
      event
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice(6))
        .join('\n'),
    )
    .filter((data) => data !== '');
}

/** Strings that come whole; all others in a delta are added up, as the official clients do. */
const WHOLE = new Set(['type', 'role', 'id', 'name', 'signature', 'object', 'format', 'title', 'url']);

export function merge(into: Json, delta: Json, key = ''): Json {
  if (typeof into === 'string' && typeof delta === 'string') return WHOLE.has(key) ? delta : into + delta;
  if (Array.isArray(into) && Array.isArray(delta)) {
    for (const item of delta) {
      const index = isObject(item) && typeof item.index === 'number' ? item.index : into.length;
      into[index] = into[index] === undefined ? item : merge(into[index], item);
    }
    return into;
  }
  if (isObject(into) && isObject(delta)) {
    for (const [name, value] of Object.entries(delta))
      into[name] = name in into && into[name] !== null ? merge(into[name]!, value, name) : value;
    return into;
  }
  return delta ?? into;
}

export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a client has when a stream is over: what its deltas add up to, by choice or content block. */
export function assemble(bytes: Buffer): Json {
  const result: { [key: string]: Json } = {};
  const add = (name: string, value: Json | undefined) => {
    if (value === undefined) return;
    result[name] = name in result ? merge(result[name]!, copy(value)) : copy(value);
  };
  for (const data of dataOf(bytes)) {
    if (data === '[DONE]') continue;
    const event = JSON.parse(data) as Json;
    if (!isObject(event)) continue;
    if (Array.isArray(event.choices))
      for (const choice of event.choices)
        if (isObject(choice)) add(`choice ${String(choice.index)}`, pruned(choice));
    if (isObject(event.content_block)) add(`block ${String(event.index)}`, event.content_block);
    else if (isObject(event.delta) && 'index' in event)
      add(`block ${String(event.index)}`, pruned(event.delta));
    else if (isObject(event.delta)) add('message', event.delta);
    else if (typeof event.delta === 'string') add(placeOf(event), event.delta);
  }
  return result;
}

/** The text that an event of the Responses API adds to. */
function placeOf({ type, output_index, content_index, summary_index }: { [key: string]: Json }): string {
  return [type, output_index, content_index, summary_index].map(String).join(' ');
}

/** Without nulls and empty texts, which add nothing. */
function pruned(value: Json): Json {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name, v]) => v !== null && v !== '' && name !== 'index');
  return Object.fromEntries(entries.map(([name, v]) => [name, isObject(v) ? pruned(v) : v]));
}

/** Every key, string and number of a JSON value. */
export function visible(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(visible);
  if (isObject(value)) return Object.entries(value).flatMap(([key, v]) => [key, ...visible(v)]);
  return [String(value)];
}

/** Everything that a reader of a stream can see: the raw bytes, each event's leaves, and what the deltas add up to. */
export function visibleInStream(bytes: Buffer): string {
  const events = dataOf(bytes).filter((data) => data !== '[DONE]');
  const leaves = events.flatMap((data) => visible(JSON.parse(data) as Json));
  return [bytes.toString('utf8'), ...leaves, ...visible(assemble(bytes))].join('\u0000');
}

/** Runs bytes through a protocol's stream, cut at `cuts`. The terminator is part of the result; undefined when refused. */
export function runStream(
  protocol: Protocol,
  claim: Claim,
  open: OpenLane,
  bytes: Buffer,
  cuts: readonly number[] = [],
): Buffer | undefined {
  const parts: Buffer[] = [];
  const editor = protocol.editStream(claim, open, { write: (piece) => parts.push(Buffer.from(piece)) });
  try {
    let from = 0;
    for (const cut of [...cuts, bytes.length]) {
      // A copy of its own, overwritten afterwards: editors must not read a chunk again.
      editor.push(Buffer.from(bytes.subarray(from, cut)));
      from = cut;
    }
    editor.end();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
  return Buffer.concat([...parts, editor.terminator]);
}

function copy(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
