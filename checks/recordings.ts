// Replays recorded exchanges with real providers through the protocols: nothing may change but what is masked. The recordings
// are not part of the project; without them the check says so and skips. Must not know how the gateway is put together.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileEngine } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { Malformed, type Protocol, protocols } from '@sluice/protocols';
import type { OpenLane, Treatment } from '@sluice/types';
import { parse } from 'yaml';

/** One recorded exchange, in the words of go-vcr. */
export interface Interaction {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly body: string;
    readonly headers: Headers;
  };
  readonly response: { readonly code: number; readonly body: string; readonly headers: Headers };
}
type Headers = Readonly<Record<string, readonly string[]>>;

/** What became of one exchange. `changed` counts the bytes' places, never shows them. */
export interface Outcome {
  readonly name: string;
  readonly result: 'same' | 'masked' | 'differs' | 'unsupported' | 'refused';
  readonly detail: string;
}

/** Sends an exchange through; the gateway's own HTTP path can be given instead of the protocols alone. */
export type Replay = (interaction: Interaction) => Promise<Omit<Outcome, 'name'>> | Omit<Outcome, 'name'>;

/** Where recordings are looked for, unless told otherwise. */
const FOLDER = fileURLToPath(new URL('../../shared/recordings/', import.meta.url));

export function recordingsFolder(): string {
  return process.env.SLUICE_RECORDINGS ?? FOLDER;
}

/** Replays every recording of a provider. Undefined when there are none. */
export async function replayRecordings(provider: string, replay: Replay): Promise<Outcome[] | undefined> {
  const folder = join(recordingsFolder(), provider);
  if (!existsSync(folder)) return undefined;
  const outcomes: Outcome[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const { interactions } = parse(readFileSync(join(folder, file), 'utf8')) as {
      interactions: Interaction[];
    };
    for (const [at, interaction] of interactions.entries())
      outcomes.push({ name: `${file.slice(0, -5)}#${at}`, ...(await replay(interaction)) });
  }
  return outcomes;
}

/** Replays through a protocol alone. `open` is the editor of answers; the identity must change nothing. */
export function throughProtocol(protocol: Protocol, open: OpenLane, step = 1 << 16): Replay {
  return ({ request, response }) => {
    const url = new URL(request.url);
    const claim = protocol.claim({
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      contentType: header(request.headers, 'content-type'),
    });
    if (claim === undefined) return { result: 'unsupported', detail: url.pathname };
    try {
      const sent = Buffer.from(request.body);
      const decoded = protocol.decode(claim, sent);
      if (!decoded.rewrite(new Map()).equals(sent)) return { result: 'differs', detail: 'the request' };
      const body = Buffer.from(response.body);
      const type = header(response.headers, 'content-type');
      const streams = type?.startsWith('text/event-stream') ?? false;
      const out = streams
        ? stream(protocol, claim, open, body, step)
        : protocol.editWhole(claim, response.code, type, body, open).body;
      if (streams && !out.equals(body)) return compare(joined(out), joined(body));
      return out.equals(body)
        ? { result: 'same', detail: `${decoded.texts.length} texts` }
        : compare(out.toString('utf8'), body.toString('utf8'));
    } catch (error) {
      if (error instanceof Malformed) return { result: 'refused', detail: error.detail };
      throw error;
    }
  };
}

function stream(
  protocol: Protocol,
  claim: Parameters<Protocol['decode']>[0],
  open: OpenLane,
  body: Buffer,
  step: number,
): Buffer {
  const parts: Buffer[] = [];
  const editor = protocol.editStream(claim, open, { write: (bytes) => parts.push(bytes) });
  for (let at = 0; at < body.length; at += step) editor.push(body.subarray(at, at + step));
  editor.end();
  return Buffer.concat([...parts, editor.terminator]);
}

/** What a client has at the end: texts that grow added up, everything else once. An editor may move text to a later frame. */
export function joined(body: Buffer): string {
  const grown = new Map<string, string>();
  const read = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      const index = 'index' in value ? `#${String(value.index)}` : '';
      for (const [key, inner] of Object.entries(value))
        read(inner, `${path}${index}.${Array.isArray(value) ? '' : key}`);
    } else if (typeof value === 'string' && /delta\.|\.text$/.test(path) && !path.endsWith('role')) {
      grown.set(path, (grown.get(path) ?? '') + value);
    } else if (!path.endsWith('obfuscation')) {
      grown.set(`${path}=${JSON.stringify(value)}`, '');
    }
  };
  for (const line of body.toString('utf8').split('\n'))
    if (line.startsWith('data: {')) read(JSON.parse(line.slice(6)), '');
  return [...grown].sort().join('\n');
}

/** Tells a mask from a difference: outside `[REDACTED:…]` the two must read the same. */
export function compare(out: string, before: string): Omit<Outcome, 'name'> {
  const kept = out.split(/\[REDACTED:[^\]]*\]/);
  let at = 0;
  for (const piece of kept) {
    const found = before.indexOf(piece, at);
    if (found < 0) return { result: 'differs', detail: `after ${at} characters` };
    at = found + piece.length;
  }
  if (out === before) return { result: 'same', detail: 'as clients join it' };
  return kept.length > 1
    ? { result: 'masked', detail: `${kept.length - 1} masks` }
    : { result: 'differs', detail: `length` };
}

export function header(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1][0];
}

const pass: OpenLane = () => ({ push: (chunk) => chunk, end: () => '', held: 0, edits: 0 });

const MASK: Treatment = { action: 'mask', as: 'label', rule: 'recordings' };

/** Masks whatever any built-in detector finds. */
function masker(): OpenLane {
  const engine = compileEngine({ direction: 'response', detectors: builtin });
  const keyed = { hash: () => '', token: (kind: string) => `[${kind}]` };
  return ({ format }) => engine.lane({ treat: () => MASK, keyed, format, onFinding: () => undefined });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let bad = 0;
  for (const [editor, open] of [
    ['identity', pass],
    ['every detector', masker()],
  ] as const) {
    for (const [name, protocol] of Object.entries(protocols)) {
      // In small pieces, as a network may deliver them.
      const outcomes = await replayRecordings(name, throughProtocol(protocol, open, 97));
      if (outcomes === undefined) {
        console.log(`${name}, ${editor}: no recordings found; skipped`);
        continue;
      }
      for (const outcome of outcomes)
        console.log(`${name}, ${editor}: ${outcome.name}: ${outcome.result} (${outcome.detail})`);
      bad += outcomes.filter(({ result }) => result === 'differs' || result === 'refused').length;
    }
  }
  process.exitCode = bad === 0 ? 0 : 1;
}
