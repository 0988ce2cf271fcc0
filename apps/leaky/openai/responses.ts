// OpenAI's Responses API, streamed and whole, as far as a chat needs it. https://platform.openai.com/docs/api-reference/responses
import type { Answer, Ask, Reply, Tool } from '../answer.ts';
import { isRecord } from '../json-schema.ts';
import { BadRequest, type Body, listOf, numberOf, textOf } from '../read.ts';
import { type Cut, cutText, tokensOf } from '../tokens.ts';
import { identified } from './shape.ts';

export function askOf(body: Body, headers: Ask['headers']): Ask {
  const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : listOf(body.input);
  if (items.length === 0) throw new BadRequest(400, "Missing required parameter: 'input'.");
  const said = (...roles: string[]): Body[] =>
    items.filter((item) => roles.includes(String((item as Body).role)));
  const isOutput = (item: Body): boolean => String(item.type).endsWith('_output');
  const lastSpoken = items.findLastIndex((item) => !isOutput(item));
  const format = isRecord(body.text) && isRecord(body.text.format) ? body.text.format : {};
  return {
    system: [textOf(body.instructions), ...said('system', 'developer').map(({ content }) => textOf(content))]
      .filter((text) => text !== '')
      .join('\n'),
    prompt: textOf(said('user').at(-1)?.content),
    toolResults: items.slice(lastSpoken + 1).map((item) => textOf((item as Body).output)),
    tools: listOf(body.tools).map(
      ({ name, parameters }): Tool => ({ name: String(name), schema: parameters }),
    ),
    toolChoice: toolChoiceOf(body.tool_choice),
    schema: format.type === 'json_object' ? true : format.schema,
    think: isRecord(body.reasoning) && body.reasoning.effort !== 'none',
    headers,
  };
}

function toolChoiceOf(choice: unknown): Ask['toolChoice'] {
  if (isRecord(choice) && typeof choice.name === 'string') return { name: choice.name };
  return choice === 'none' || choice === 'required' ? choice : 'auto';
}

export function reply(body: Body, ask: Ask, answer: Answer): Reply {
  const cut = cutText(answer.text, [], numberOf(body.max_output_tokens, Number.POSITIVE_INFINITY));
  const head = identified('resp', body.model);
  const output = outputOf(answer, cut);
  const reasoning = tokensOf(answer.reasoning ?? '').length;
  const [input, said] = [tokensOf(ask.system + ask.prompt).length, cut.tokens.length + reasoning];
  const response = (status: string, items: unknown[], done: boolean): object => ({
    id: head.id,
    object: 'response',
    created_at: head.created,
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    model: head.model,
    output: items,
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    usage: done
      ? {
          input_tokens: input,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: said,
          output_tokens_details: { reasoning_tokens: reasoning },
          total_tokens: input + said,
        }
      : null,
  });
  const status = cut.why === 'length' ? 'incomplete' : 'completed';
  const whole = response(status, output.map(itemOf), true);
  if (body.stream !== true) return { kind: 'whole', status: 200, body: whole };
  return { kind: 'stream', frames: stream(output, response('in_progress', [], false), whole, status) };
}

/** One item of the output: where its text stands, and the pieces that the text comes in. */
interface Output {
  readonly item: Record<string, unknown>;
  readonly list?: 'content' | 'summary';
  readonly member: string;
  /** Type of the events that carry the text, without its ending. */
  readonly events: string;
  readonly part?: Record<string, unknown>;
  readonly pieces: readonly string[];
}

let count = 0;

function outputOf(answer: Answer, cut: Cut): Output[] {
  count += 1;
  const id = (prefix: string, index = 0): string =>
    `${prefix}_leaky${String(count).padStart(3, '0')}x${index}`;
  const output: Output[] = [];
  if (answer.reasoning !== undefined)
    output.push({
      item: { id: id('rs'), type: 'reasoning', summary: [] },
      list: 'summary',
      member: 'text',
      events: 'response.reasoning_summary_text',
      part: { type: 'summary_text' },
      pieces: tokensOf(answer.reasoning),
    });
  const message = { id: id('msg'), type: 'message', role: 'assistant', content: [] };
  if (answer.refusal !== undefined)
    output.push({
      item: message,
      list: 'content',
      member: 'refusal',
      events: 'response.refusal',
      part: { type: 'refusal' },
      pieces: tokensOf(answer.refusal),
    });
  for (const [index, tool] of (answer.tools ?? []).entries())
    output.push({
      item: { id: id('fc', index), type: 'function_call', call_id: `call_leaky${index}`, name: tool.name },
      member: 'arguments',
      events: 'response.function_call_arguments',
      pieces: tokensOf(tool.arguments),
    });
  if (answer.refusal === undefined && answer.tools === undefined) {
    const { citation } = answer;
    const annotations = citation
      ? [{ type: 'url_citation', ...citation, start_index: 0, end_index: cut.text.length }]
      : [];
    output.push({
      item: message,
      list: 'content',
      member: 'text',
      events: 'response.output_text',
      part: { type: 'output_text', annotations, logprobs: [] },
      pieces: cut.tokens,
    });
  }
  return output;
}

const partOf = ({ part, member, pieces }: Output): object => ({ ...part, [member]: pieces.join('') });

function itemOf(output: Output): object {
  const { item, list, member, pieces } = output;
  return list === undefined
    ? { ...item, status: 'completed', [member]: pieces.join('') }
    : { ...item, status: 'completed', [list]: [partOf(output)] };
}

function stream(output: readonly Output[], begun: object, whole: object, status: string): string[] {
  const frames: string[] = [];
  const event = (type: string, more: object): void => {
    const data = JSON.stringify({ type, sequence_number: frames.length, ...more });
    frames.push(`event: ${type}\ndata: ${data}\n\n`);
  };
  event('response.created', { response: begun });
  event('response.in_progress', { response: begun });
  for (const [output_index, one] of output.entries()) {
    const { item, list, member, events, pieces } = one;
    const place = {
      item_id: item.id,
      output_index,
      ...(list === undefined ? {} : { [`${list}_index`]: 0 }),
    };
    const part = list === 'summary' ? 'response.reasoning_summary_part' : 'response.content_part';
    const empty = list === undefined ? { [member]: '' } : {};
    event('response.output_item.added', { output_index, item: { ...item, status: 'in_progress', ...empty } });
    if (list !== undefined) event(`${part}.added`, { ...place, part: { ...one.part, [member]: '' } });
    for (const delta of pieces) event(`${events}.delta`, { ...place, delta, ...logprobsOf(events) });
    event(`${events}.done`, { ...place, [member]: pieces.join(''), ...logprobsOf(events) });
    if (list !== undefined) event(`${part}.done`, { ...place, part: partOf(one) });
    event('response.output_item.done', { output_index, item: itemOf(one) });
  }
  event(`response.${status}`, { response: whole });
  return frames;
}

const logprobsOf = (events: string): object => (events === 'response.output_text' ? { logprobs: [] } : {});
