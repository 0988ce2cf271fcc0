// Anthropic messages, streamed and whole. https://docs.anthropic.com/en/api/messages
import type { Answer, Ask, Reply } from '../answer.ts';
import { isRecord } from '../json-schema.ts';
import { BadRequest, type Body, listOf, stringsOf, textOf } from '../read.ts';
import { cutText, tokensOf } from '../tokens.ts';
import { frame, identified } from './shape.ts';

export function askOf(body: Body, headers: Ask['headers']): Ask {
  const messages = listOf(body.messages);
  if (messages.length === 0) throw new BadRequest(400, 'messages: at least one message is required');
  const last = messages.findLast(({ role }) => role === 'user')?.content;
  const results = listOf(last).filter(({ type }) => type === 'tool_result');
  return {
    system: textOf(body.system),
    prompt: textOf(
      Array.isArray(last) ? last.filter((part) => isRecord(part) && part.type === 'text') : last,
    ),
    toolResults: results.map(({ content }) => textOf(content)),
    tools: listOf(body.tools).map(({ name, input_schema }) => ({ name: String(name), schema: input_schema })),
    toolChoice: toolChoiceOf(body.tool_choice),
    schema: schemaOf(body),
    think: isRecord(body.thinking) && body.thinking.type !== 'disabled',
    headers,
  };
}

function toolChoiceOf(choice: unknown): Ask['toolChoice'] {
  if (!isRecord(choice)) return 'auto';
  if (choice.type === 'tool') return { name: String(choice.name) };
  return choice.type === 'any' ? 'required' : choice.type === 'none' ? 'none' : 'auto';
}

/** `output_config.format`, or `output_format` as the beta had it. */
function schemaOf(body: Body): unknown {
  const format = isRecord(body.output_config) ? body.output_config.format : body.output_format;
  return isRecord(format) ? format.schema : undefined;
}

/** A content block as it stands in a whole answer, and the deltas that it comes in when streamed. */
interface Block {
  readonly whole: object;
  readonly start: object;
  readonly deltas: readonly object[];
}

/** Stands for what the provider signs: whoever changes the thinking cannot make a new one. */
const signatureOf = (thinking: string): string =>
  Buffer.from(`signed:${thinking.length}:${'leaky'.repeat(12)}`).toString('base64');

function thinkingBlock(thinking: string): Block {
  const signature = signatureOf(thinking);
  return {
    whole: { type: 'thinking', thinking, signature },
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...tokensOf(thinking).map((token) => ({ type: 'thinking_delta', thinking: token })),
      { type: 'signature_delta', signature },
    ],
  };
}

function textBlock(tokens: readonly string[], citation: Answer['citation']): Block {
  const text = tokens.join('');
  const cited = citation && {
    type: 'web_search_result_location',
    ...citation,
    cited_text: text,
    encrypted_index: 'leaky',
  };
  return {
    whole: { type: 'text', text, citations: cited ? [cited] : null },
    start: { type: 'text', text: '', ...(cited && { citations: [] }) },
    deltas: [
      ...(cited ? [{ type: 'citations_delta', citation: cited }] : []),
      ...tokens.map((token) => ({ type: 'text_delta', text: token })),
    ],
  };
}

function toolBlock({ name, arguments: json }: { name: string; arguments: string }, index: number): Block {
  const head = { type: 'tool_use', id: `toolu_leaky${index}`, name };
  return {
    whole: { ...head, input: parsed(json) },
    start: { ...head, input: {} },
    deltas: tokensOf(json).map((token) => ({ type: 'input_json_delta', partial_json: token })),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return { text: json };
  }
}

const STOP_REASONS = { end: 'end_turn', stop: 'stop_sequence', length: 'max_tokens' } as const;

export function reply(body: Body, answer: Answer): Reply {
  if (typeof body.max_tokens !== 'number') throw new BadRequest(400, 'max_tokens: Field required');
  const cut = cutText(answer.refusal ?? answer.text, stringsOf(body.stop_sequences), body.max_tokens);
  const blocks = [
    ...(answer.reasoning === undefined ? [] : [thinkingBlock(answer.reasoning)]),
    ...(cut.tokens.length > 0 ? [textBlock(cut.tokens, answer.citation)] : []),
    ...(answer.tools ?? []).map(toolBlock),
  ];
  const end = {
    stop_reason: answer.tools ? 'tool_use' : answer.refusal !== undefined ? 'refusal' : STOP_REASONS[cut.why],
    stop_sequence: cut.stop ?? null,
  };
  const input = countTokens(body).input_tokens;
  const output = tokensOf((answer.reasoning ?? '') + cut.text).length;
  const message = { ...identified(body.model), type: 'message', role: 'assistant' };
  const usage = {
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: output,
    service_tier: 'standard',
  };
  if (body.stream !== true) {
    return {
      kind: 'whole',
      status: 200,
      body: { ...message, content: blocks.map(({ whole }) => whole), ...end, usage },
    };
  }
  return {
    kind: 'stream',
    frames: [
      frame('message_start', {
        message: {
          ...message,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { ...usage, output_tokens: 1 },
        },
      }),
      frame('ping', {}),
      ...blocks.flatMap(({ start, deltas }, index) => [
        frame('content_block_start', { index, content_block: start }),
        ...deltas.map((delta) => frame('content_block_delta', { index, delta })),
        frame('content_block_stop', { index }),
      ]),
      frame('message_delta', { delta: end, usage: { output_tokens: output } }),
      frame('message_stop', {}),
    ],
  };
}

/** https://docs.anthropic.com/en/api/messages-count-tokens */
export function countTokens(body: Body): { input_tokens: number } {
  const texts = [textOf(body.system), ...listOf(body.messages).map(({ content }) => textOf(content))];
  return { input_tokens: Math.max(1, tokensOf(texts.join(' ')).length) };
}
