// OpenAI's older completions: a list of prompts, each with n choices. https://platform.openai.com/docs/api-reference/completions
import type { Answer, Ask, Reply } from '../answer.ts';
import { isRecord } from '../json-schema.ts';
import { BadRequest, type Body, numberOf, stringsOf } from '../read.ts';
import { cutText, tokensOf } from '../tokens.ts';
import { completionLogprobsOf } from './logprobs.ts';
import { frame, identified, usageOf } from './shape.ts';

/** One ask for each prompt. Prompts of token numbers are answered like an empty one. */
export function asksOf(body: Body, headers: Ask['headers']): Ask[] {
  if (body.prompt === undefined) throw new BadRequest(400, "Missing required parameter: 'prompt'.");
  const texts = stringsOf(body.prompt);
  return (texts.length > 0 ? texts : ['']).map((prompt) => ({
    system: '',
    prompt,
    toolResults: [],
    tools: [],
    toolChoice: 'none',
    schema: undefined,
    think: false,
    headers,
  }));
}

export function reply(body: Body, asks: readonly Ask[], answers: readonly Answer[]): Reply {
  const head = { ...identified('cmpl', body.model), object: 'text_completion' };
  const most = numberOf(body.max_tokens, 16);
  const alternatives = typeof body.logprobs === 'number' ? body.logprobs : undefined;
  const choices = answers.flatMap((answer, at) => {
    const before = body.echo === true ? asks[at]!.prompt : '';
    const cut = cutText(answer.text, stringsOf(body.stop), most);
    return Array.from({ length: numberOf(body.n, 1) }, () => ({
      before,
      cut,
      finish: cut.why === 'length' ? 'length' : 'stop',
    }));
  });
  const output = choices.reduce((sum, { cut }) => sum + cut.tokens.length, 0);
  const usage = usageOf(tokensOf(asks.map(({ prompt }) => prompt).join('')).length, output, 0);
  const logprobs = (tokens: readonly string[], offset: number): unknown =>
    alternatives === undefined ? null : completionLogprobsOf(tokens, alternatives, offset);

  if (body.stream !== true) {
    return {
      kind: 'whole',
      status: 200,
      body: {
        ...head,
        choices: choices.map(({ before, cut, finish }, index) => ({
          text: before + cut.text,
          index,
          logprobs: logprobs(cut.tokens, before.length),
          finish_reason: finish,
        })),
        usage,
      },
    };
  }

  const includeUsage = isRecord(body.stream_options) && body.stream_options.include_usage === true;
  const chunk = (choice: object[], used: unknown = null): string =>
    frame({ ...head, choices: choice, ...(includeUsage && { usage: used }) });
  const frames: string[] = [];
  for (const [index, { before, cut, finish }] of choices.entries()) {
    let offset = 0;
    for (const text of [...(before === '' ? [] : [before]), ...cut.tokens]) {
      frames.push(chunk([{ text, index, logprobs: logprobs([text], offset), finish_reason: null }]));
      offset += text.length;
    }
    frames.push(chunk([{ text: '', index, logprobs: null, finish_reason: finish }]));
  }
  if (includeUsage) frames.push(chunk([], usage));
  return { kind: 'stream', frames: [...frames, 'data: [DONE]\n\n'] };
}
