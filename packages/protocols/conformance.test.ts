// Runs the conformance suite over every protocol.
import { fixtures as anthropicFixtures } from './anthropic/fixtures.ts';
import { anthropic } from './anthropic/protocol.ts';
import { fixtures as openaiFixtures } from './openai-chat/fixtures.ts';
import { openai } from './openai-chat/protocol.ts';
import { conformance } from './testing/conformance.ts';

conformance(openai, openaiFixtures);
conformance(anthropic, anthropicFixtures);
