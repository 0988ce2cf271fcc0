// Which path is answered by which protocol. A row each; nothing else switches on paths.
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Ask, Reply } from './answer.ts';
import * as messages from './anthropic/messages.ts';
import * as anthropicModels from './anthropic/models.ts';
import * as anthropic from './anthropic/shape.ts';
import * as chat from './openai/chat.ts';
import * as completions from './openai/completions.ts';
import * as embeddings from './openai/embeddings.ts';
import * as openAiModels from './openai/models.ts';
import * as responses from './openai/responses.ts';
import * as openAi from './openai/shape.ts';
import type { Body } from './read.ts';

export interface Question {
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
  /** The last segment of the path, where it names something. */
  readonly id: string | undefined;
}

/** What the model makes of an ask. */
export type Model = (ask: Ask) => Answer;

/** The answer that decides about faults and pace goes along with the reply. */
export interface Replied {
  readonly reply: Reply;
  readonly answer?: Answer;
}

interface Family {
  readonly errorBody: (status: number, message: string) => unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Its first group, if any, is the id. */
  readonly path: RegExp;
  readonly family: Family;
  readonly reply: (question: Question, model: Model) => Replied;
}

const ANTHROPIC: Family = anthropic;
const OPENAI: Family = openAi;

const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v1\/chat\/completions$/,
    family: OPENAI,
    reply: ({ body, headers }, model) => {
      const ask = chat.askOf(body, headers);
      const answer = model(ask);
      return { reply: chat.reply(body, ask, answer), answer };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/responses$/,
    family: OPENAI,
    reply: ({ body, headers }, model) => {
      const ask = responses.askOf(body, headers);
      const answer = model(ask);
      return { reply: responses.reply(body, ask, answer), answer };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/completions$/,
    family: OPENAI,
    reply: ({ body, headers }, model) => {
      const asks = completions.asksOf(body, headers);
      const answers = asks.map(model);
      return { reply: completions.reply(body, asks, answers), answer: answers[0]! };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/embeddings$/,
    family: OPENAI,
    reply: ({ body }) => ({ reply: embeddings.reply(body) }),
  },
  {
    method: 'POST',
    path: /^\/v1\/messages$/,
    family: ANTHROPIC,
    reply: ({ body, headers }, model) => {
      const answer = model(messages.askOf(body, headers));
      return { reply: messages.reply(body, answer), answer };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/messages\/count_tokens$/,
    family: ANTHROPIC,
    reply: ({ body }) => ({ reply: { kind: 'whole', status: 200, body: messages.countTokens(body) } }),
  },
];

const modelsRoute = (family: Family, reply: (id: string | undefined) => Reply): Route => ({
  method: 'GET',
  path: /^\/v1\/models(?:\/([^/]+))?$/,
  family,
  reply: ({ id }) => ({ reply: reply(id) }),
});

/** Both providers have the same path for their models; Anthropic's clients say who they are. */
const ANTHROPIC_MODELS = modelsRoute(ANTHROPIC, anthropicModels.reply);
const OPENAI_MODELS = modelsRoute(OPENAI, openAiModels.reply);

export function routeOf(method: string, path: string, headers: IncomingHttpHeaders): Route | undefined {
  const models = headers['anthropic-version'] === undefined ? OPENAI_MODELS : ANTHROPIC_MODELS;
  return [...ROUTES, models].find((route) => route.method === method && route.path.test(path));
}

/** In whose words an error is said when no route matches. */
export function familyOf(path: string, headers: IncomingHttpHeaders): Family {
  return headers['anthropic-version'] !== undefined || path.startsWith('/v1/messages') ? ANTHROPIC : OPENAI;
}
