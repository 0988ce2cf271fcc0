// OpenAI chat completions, streamed and whole, as the provider's recordings have them.
// https://platform.openai.com/docs/api-reference/chat
import type { Answer, Ask, Reply, Tool } from '../answer.ts';
import { isRecord } from '../json-schema.ts';
import { BadRequest, type Body, listOf, numberOf, stringsOf, textOf } from '../read.ts';
import { type Cut, cutText, tokensOf } from '../tokens.ts';
import { logprobsOf } from './logprobs.ts';
import { frame, identified, usageOf } from './shape.ts';

export function askOf(body: Body, headers: Ask['headers']): Ask {
  const messages = listOf(body.messages);
  if (messages.length === 0) throw new BadRequest(400, "Missing required parameter: 'messages'.");
  const said = (...roles: string[]): Body[] => messages.filter(({ role }) => roles.includes(String(role)));
  const lastSpoken = messages.findLastIndex(({ role }) => role !== 'tool');
  return {
    system: said('system', 'developer')
      .map(({ content }) => textOf(content))
      .join('\n'),
    prompt: textOf(said('user').at(-1)?.content),
    toolResults: messages.slice(lastSpoken + 1).map(({ content }) => textOf(content)),
    tools: listOf(body.tools).map(
      ({ function: tool }): Tool =>
        isRecord(tool)
          ? { name: String(tool.name), schema: tool.parameters }
          : { name: '', schema: undefined },
    ),
    toolChoice: toolChoiceOf(body.tool_choice),
    schema: schemaOf(body.response_format),
    think: body.reasoning_effort !== undefined && body.reasoning_effort !== 'none',
    headers,
  };
}

function toolChoiceOf(choice: unknown): Ask['toolChoice'] {
  if (isRecord(choice) && isRecord(choice.function)) return { name: String(choice.function.name) };
  return choice === 'none' || choice === 'required' ? choice : 'auto';
}

function schemaOf(format: unknown): unknown {
  if (!isRecord(format)) return undefined;
  if (format.type === 'json_object') return true;
  return isRecord(format.json_schema) ? format.json_schema.schema : undefined;
}

interface Said {
  readonly answer: Answer;
  readonly cut: Cut;
  readonly finish: 'stop' | 'length' | 'tool_calls';
  readonly choices: number;
  /** Alternatives per token; undefined without log probabilities. */
  readonly alternatives: number | undefined;
  readonly usage: ReturnType<typeof usageOf>;
}

export function reply(body: Body, ask: Ask, answer: Answer): Reply {
  const most = numberOf(body.max_completion_tokens, numberOf(body.max_tokens, Number.POSITIVE_INFINITY));
  const cut = cutText(answer.text, stringsOf(body.stop), most);
  const choices = numberOf(body.n, 1);
  const reasoning = tokensOf(answer.reasoning ?? '').length;
  const said: Said = {
    answer,
    cut,
    finish: answer.tools ? 'tool_calls' : cut.why === 'length' ? 'length' : 'stop',
    choices,
    alternatives: body.logprobs === true ? numberOf(body.top_logprobs, 0) : undefined,
    usage: usageOf(
      tokensOf(ask.system + ask.prompt).length,
      choices * (cut.tokens.length + reasoning),
      reasoning,
    ),
  };
  const head = identified('chatcmpl', body.model);
  if (body.stream !== true) return { kind: 'whole', status: 200, body: whole(head, said) };
  const includeUsage = isRecord(body.stream_options) && body.stream_options.include_usage === true;
  return { kind: 'stream', frames: stream(head, said, includeUsage) };
}

const toolCallId = (index: number): string => `call_leaky${index}`;

function annotations({ citation, text }: Answer): unknown[] {
  return citation
    ? [{ type: 'url_citation', url_citation: { ...citation, start_index: 0, end_index: text.length } }]
    : [];
}

function whole(head: object, { answer, cut, finish, choices, alternatives, usage }: Said): unknown {
  const message = {
    role: 'assistant',
    content: answer.tools || answer.refusal !== undefined ? null : cut.text,
    refusal: answer.refusal ?? null,
    annotations: annotations(answer),
    ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
    ...(answer.tools && {
      tool_calls: answer.tools.map((tool, index) => ({
        id: toolCallId(index),
        type: 'function',
        function: tool,
      })),
    }),
  };
  const logprobs =
    alternatives === undefined ? null : { content: logprobsOf(cut.tokens, alternatives), refusal: null };
  return {
    ...head,
    object: 'chat.completion',
    choices: Array.from({ length: choices }, (_, index) => ({
      index,
      message,
      logprobs,
      finish_reason: finish,
    })),
    usage,
    service_tier: 'default',
  };
}

function stream(
  head: object,
  { answer, cut, finish, choices, alternatives, usage }: Said,
  includeUsage: boolean,
): string[] {
  const frames: string[] = [];
  const chunk = (choice: unknown[], used: unknown): void => {
    frames.push(
      frame({
        ...head,
        object: 'chat.completion.chunk',
        service_tier: 'default',
        choices: choice,
        ...(includeUsage && { usage: used }),
      }),
    );
  };
  // Choices grow side by side, a token each in turn, as they do at the provider.
  const each = (delta: object, logprobs: unknown = null, finishReason: string | null = null): void => {
    for (let index = 0; index < choices; index += 1)
      chunk([{ index, delta, logprobs, finish_reason: finishReason }], null);
  };
  each({ role: 'assistant', content: answer.tools ? null : '', refusal: null });
  for (const token of tokensOf(answer.reasoning ?? '')) each({ reasoning_content: token });
  for (const token of tokensOf(answer.refusal ?? '')) each({ refusal: token });
  for (const [index, tool] of (answer.tools ?? []).entries()) {
    each({
      tool_calls: [
        { index, id: toolCallId(index), type: 'function', function: { name: tool.name, arguments: '' } },
      ],
    });
    for (const token of tokensOf(tool.arguments))
      each({ tool_calls: [{ index, function: { arguments: token } }] });
  }
  const probabilities = alternatives === undefined ? undefined : logprobsOf(cut.tokens, alternatives);
  for (const [at, token] of cut.tokens.entries()) {
    each(
      { content: token },
      probabilities === undefined ? null : { content: [probabilities[at]], refusal: null },
    );
  }
  if (answer.citation) each({ annotations: annotations(answer) });
  each({}, null, finish);
  if (includeUsage) chunk([], usage);
  frames.push('data: [DONE]\n\n');
  return frames;
}
