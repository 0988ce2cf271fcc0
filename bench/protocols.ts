// What a protocol costs by itself, the editor left out: reading a request, relaying a frame of a stream. CPU time, the best of
// several batches, with JSON.parse of the same bytes in the same run as the measure of the machine.
// `node scripts/run.mjs bench/protocols.ts [--json FILE]`
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Claim, type Protocol, protocols } from '@sluice/protocols';
import type { OpenLane } from '@sluice/types';

const { values: flags } = parseArgs({ options: { json: { type: 'string' } } });

const BATCHES = 15;
const chat: Claim = { operation: 'chat', body: true };
const PROSE = 'The quick brown fox jumps over the lazy dog, and then writes a letter to the editor. ';

/** Returns everything at once. */
const pass: OpenLane = () => ({ push: (chunk) => chunk, end: () => '', held: 0, edits: 0 });

/** Returns every text one frame later, as when a word may be the start of a value until it is over. */
const late: OpenLane = () => {
  let held = '';
  return {
    push(chunk) {
      const out = held;
      held = chunk;
      return out;
    },
    end: () => held,
    get held() {
      return held.length;
    },
    edits: 0,
  };
};

/** Microseconds of CPU that one call takes, in the best batch. */
function micros(calls: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / calls);
  }
  return best;
}

function request(): Buffer {
  const roles = ['system', 'user', 'assistant', 'user'];
  const messages = roles.map((role, at) => ({ role, content: `${PROSE.repeat(4 + at)}\n` }));
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const tools = [{ type: 'function', function: { name: 'weather', description: 'Of a city', parameters } }];
  return Buffer.from(
    JSON.stringify({ model: 'gpt-5-nano', temperature: 0.7, stream: true, messages, tools }),
  );
}

const FRAMES = 2000;
const word = (at: number): string =>
  ` ${['river', 'stone', 'gate', 'water', 'lock'][at % 5]!.slice(0, 3 + (at % 3))}`;

function openaiFrames(logprobs: boolean): Buffer[] {
  const frames = Array.from({ length: FRAMES }, (_, at) => {
    const token = { token: word(at), bytes: [...Buffer.from(word(at))], logprob: -0.1, top_logprobs: [] };
    const choice = {
      index: 0,
      delta: { content: word(at) },
      ...(logprobs ? { logprobs: { content: [token] } } : {}),
    };
    const frame = {
      id: 'chatcmpl-Aa1Bb2Cc3Dd4Ee5Ff6Gg7',
      object: 'chat.completion.chunk',
      created: 1755137933,
      model: 'gpt-5-nano-2025-08-07',
      service_tier: 'default',
      system_fingerprint: null,
      choices: [{ ...choice, finish_reason: null }],
      obfuscation: 'aB3xY9'.slice(at % 6),
    };
    return Buffer.from(`data: ${JSON.stringify(frame)}\n\n`);
  });
  return [...frames, Buffer.from('data: [DONE]\n\n')];
}

function anthropicFrames(): Buffer[] {
  const event = (type: string, more: object): Buffer =>
    Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  const delta = (at: number) => ({ index: 0, delta: { type: 'text_delta', text: word(at) } });
  return [
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...Array.from({ length: FRAMES }, (_, at) => event('content_block_delta', delta(at))),
    event('content_block_stop', { index: 0 }),
    event('message_stop', {}),
  ];
}

function relay(protocol: Protocol, open: OpenLane, chunks: readonly Buffer[]): () => void {
  return () => {
    const editor = protocol.editStream(chat, open, { write: () => undefined });
    for (const chunk of chunks) editor.push(chunk);
    editor.end();
  };
}

function perFrame(name: 'openai' | 'anthropic', open: OpenLane, chunks: readonly Buffer[]): number {
  return micros(FRAMES, relay(protocols[name]!, open, chunks));
}

const body = request();
const text = body.toString();
const rounds = 500;
const repeat = (run: () => unknown) => micros(rounds, () => void Array.from({ length: rounds }, run));
const plain = openaiFrames(false);
const single = plain[0]!.toString().slice(6);

const figures = {
  'request of 2.5 KB, read and laid out, µs': repeat(() => protocols.openai!.decode(chat, body)),
  '… JSON.parse of it, for comparison, µs': repeat(() => JSON.parse(text)),
  'OpenAI frame, µs': perFrame('openai', pass, plain),
  'OpenAI frame, text one frame late, µs': perFrame('openai', late, plain),
  'OpenAI frame, sixteen a chunk, µs': perFrame('openai', pass, joined(plain, 16)),
  'OpenAI frame with log probabilities, µs': perFrame('openai', pass, openaiFrames(true)),
  'Anthropic frame, µs': perFrame('anthropic', pass, anthropicFrames()),
  'Anthropic frame, text one frame late, µs': perFrame('anthropic', late, anthropicFrames()),
  '… JSON.parse of an OpenAI frame, for comparison, µs': repeat(() => JSON.parse(single)),
};

function joined(frames: readonly Buffer[], size: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < frames.length; at += size) chunks.push(Buffer.concat(frames.slice(at, at + size)));
  return chunks;
}

for (const [name, value] of Object.entries(figures)) console.log(`${value.toFixed(2).padStart(8)}  ${name}`);
if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify(figures));
