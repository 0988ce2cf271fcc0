// Anthropic's list of models. https://docs.anthropic.com/en/api/models-list
import type { Reply } from '../answer.ts';
import { BadRequest } from '../read.ts';

const MODELS = ['claude-leaky', 'claude-leaky-mini'].map((id) => ({
  type: 'model',
  id,
  display_name: `The leaky one (${id})`,
  created_at: '2024-01-01T00:00:00Z',
}));

export function reply(id: string | undefined): Reply {
  if (id === undefined) {
    const page = { data: MODELS, has_more: false, first_id: MODELS[0]!.id, last_id: MODELS.at(-1)!.id };
    return { kind: 'whole', status: 200, body: page };
  }
  const model = MODELS.find((row) => row.id === id);
  if (model === undefined) throw new BadRequest(404, `model: ${id}`);
  return { kind: 'whole', status: 200, body: model };
}
