// The provider protocols that the gateway speaks, as rows of one table.
import { anthropic } from './anthropic/protocol.ts';
import { openaiChat } from './openai-chat/protocol.ts';
import { openaiResponses } from './openai-responses/protocol.ts';
import type { Protocol } from './protocol.ts';
import { joined } from './shared/joined.ts';

export { Malformed } from './malformed.ts';
export type * from './protocol.ts';

/** By the name that `connections.<name>.protocol` uses. */
export const protocols: Readonly<Record<string, Protocol>> = {
  openai: joined('openai', openaiChat, openaiResponses),
  anthropic,
};
