// OpenAI's list of models. https://platform.openai.com/docs/api-reference/models
import type { Reply } from '../answer.ts';
import { BadRequest } from '../read.ts';

const MODELS = ['gpt-leaky', 'gpt-leaky-mini', 'text-embedding-leaky'].map((id) => ({
  id,
  object: 'model',
  created: 1_700_000_000,
  owned_by: 'leaky',
}));

export function reply(id: string | undefined): Reply {
  if (id === undefined) return { kind: 'whole', status: 200, body: { object: 'list', data: MODELS } };
  const model = MODELS.find((row) => row.id === id);
  if (model === undefined) throw new BadRequest(404, `The model '${id}' does not exist`);
  return { kind: 'whole', status: 200, body: model };
}
