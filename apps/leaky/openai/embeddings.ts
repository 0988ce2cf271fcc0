// OpenAI embeddings: vectors that depend on the text and on nothing else. https://platform.openai.com/docs/api-reference/embeddings
import { createHash } from 'node:crypto';
import type { Reply } from '../answer.ts';
import { BadRequest, type Body, numberOf } from '../read.ts';
import { tokensOf } from '../tokens.ts';

export function reply(body: Body): Reply {
  const { input, model } = body;
  if (typeof model !== 'string') throw new BadRequest(400, 'you must provide a model parameter');
  if (input === undefined || input === '' || (Array.isArray(input) && input.length === 0)) {
    throw new BadRequest(
      400,
      "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
    );
  }
  // A list of numbers is one text, already cut into tokens.
  const texts: unknown[] = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
  const size = numberOf(body.dimensions, 64);
  const data = texts.map((text, index) => {
    const values = vector(JSON.stringify(text), size);
    return {
      object: 'embedding',
      index,
      embedding: body.encoding_format === 'base64' ? base64(values) : [...values],
    };
  });
  const tokens = texts.reduce<number>(
    (sum, text) => sum + (Array.isArray(text) ? text.length : tokensOf(String(text)).length),
    0,
  );
  return {
    kind: 'whole',
    status: 200,
    body: { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } },
  };
}

/** Little-endian floats, as the official client decodes them. */
function base64(values: Float32Array): string {
  return Buffer.from(values.buffer).toString('base64');
}

/** Unit length. */
function vector(text: string, size: number): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i += 32) {
    const bytes = createHash('sha256').update(`${i}:${text}`).digest();
    for (let j = 0; j < 32 && i + j < size; j += 1) values[i + j] = bytes[j]! - 127.5;
  }
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}
