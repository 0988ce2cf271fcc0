// The end of an answer that was cut: the event with which the provider itself ends a filtered or a full one, with what had gone
// out until then. https://platform.openai.com/docs/api-reference/responses-streaming/response/incomplete
import { writeEvent } from '../framing/sse.ts';
import type { ItemLane } from './lanes.ts';

const REASONS = { policy: 'content_filter', limit: 'max_output_tokens' } as const;
/** Lanes that are the text of a message: output item and content part. */
const MESSAGE = /^output\[(\d+)\]\.content\[(\d+)\]\.text$/;

interface Part {
  readonly type: 'output_text';
  readonly text: string;
  readonly annotations: [];
}

/** `announced` is the payload of `response.created`, as it went out. */
export function incomplete(
  announced: string | undefined,
  lanes: Iterable<ItemLane>,
  why: 'policy' | 'limit',
): Buffer {
  const { response = {} } = (announced === undefined ? {} : JSON.parse(announced)) as { response?: object };
  const messages = new Map<string, Part[]>();
  for (const { id, out } of lanes) {
    const item = MESSAGE.exec(id)?.[1];
    if (item === undefined || out === '') continue;
    messages.set(item, [...(messages.get(item) ?? []), { type: 'output_text', text: out, annotations: [] }]);
  }
  const output = [...messages].map(([item, content]) => ({
    id: `msg_cut${item}`,
    type: 'message',
    role: 'assistant',
    status: 'incomplete',
    content,
  }));
  const cut = {
    id: 'resp_cut',
    object: 'response',
    ...response,
    status: 'incomplete',
    incomplete_details: { reason: REASONS[why] },
    output,
  };
  return writeEvent('response.incomplete', JSON.stringify({ type: 'response.incomplete', response: cut }));
}
