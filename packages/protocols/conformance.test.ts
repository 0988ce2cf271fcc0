// Runs the conformance suite over every dialect of every protocol.
import { fixtures as anthropicFixtures } from './anthropic/fixtures.ts';
import { anthropic } from './anthropic/protocol.ts';
import { fixtures as chatFixtures } from './openai-chat/fixtures.ts';
import { openaiChat } from './openai-chat/protocol.ts';
import { fixtures as responsesFixtures } from './openai-responses/fixtures.ts';
import { openaiResponses } from './openai-responses/protocol.ts';
import { conformance } from './testing/conformance.ts';

conformance('openai chat', openaiChat, chatFixtures);
conformance('openai responses', openaiResponses, responsesFixtures);
conformance('anthropic', anthropic, anthropicFixtures);
