// What a request to Anthropic's API says, to whom, and what it would make the provider fetch, run or keep. Knows no policies.
import * as T from '../json/tape.ts';
import { pathOf } from '../shared/paths.ts';
import type { Egress, Place, RequestDialect } from '../shared/request.ts';
import { isMedia } from '../shared/sealed.ts';
import { insideToolResult } from './leaves.ts';
import { words } from './vocabulary.ts';

const ROLES: Readonly<Record<string, Place['role']>> = {
  user: 'user',
  assistant: 'assistant',
  system: 'system',
};

/** Types of tools that the caller runs, by their start; `custom` and a missing type are the caller's too. */
const CALLERS_TOOLS = ['custom', 'bash_', 'text_editor_', 'computer_', 'memory_', 'browser_'];

export const requests: RequestDialect = {
  words,
  conversation: 'messages',

  place(tape, member, element, position) {
    if (member === 'messages' && element >= 0)
      return { role: speaker(tape, tape.member(element, 'role')), message: position };
    return { role: member === 'system' ? 'system' : 'meta', message: -1 };
  },

  roleOf: (tape, node, place) => (place.message >= 0 && insideToolResult(tape, node) ? 'tool' : place.role),

  opaque(tape, node) {
    if (tape.kind(node) !== T.STRING || words.nameOf(tape, node) !== 'data') return undefined;
    const type = tape.textAt(tape.parent(node), 'media_type') ?? '';
    if (!isMedia(type, tape.text(node))) return undefined;
    return type.startsWith('image/') ? 'image' : 'document';
  },

  egress(tape) {
    const found: Egress[] = [];
    const add = (node: number, what: Egress['what'], value = tape.text(node)) => {
      found.push({ lane: pathOf(tape, node, words), what, value });
    };
    for (let node = T.ROW; node < tape.size; node += T.ROW) {
      if (tape.kind(node) !== T.STRING || isSpeech(tape, node)) continue;
      const name = words.nameOf(tape, node);
      if (name === 'file_id') add(node, 'file');
      else if (name === 'url') add(node, 'url');
      else if (name === 'previous_message_id') add(node, 'stored');
    }
    for (const server of tape.elements(tape.member(0, 'mcp_servers')))
      add(server, 'tool', tape.textAt(server, 'url') ?? 'mcp_servers');
    for (const tool of tape.elements(tape.member(0, 'tools'))) {
      const type = tape.textAt(tool, 'type') ?? 'custom';
      if (!CALLERS_TOOLS.some((start) => type.startsWith(start))) add(tool, 'tool', type);
    }
    const container = tape.member(0, 'container');
    if (container >= 0 && tape.kind(container) !== T.NULL)
      add(container, 'stored', tape.kind(container) === T.STRING ? tape.text(container) : 'container');
    return found;
  },
};

/** Inputs of tools and their results repeat URLs that nobody fetches. */
function isSpeech(tape: T.Tape, node: number): boolean {
  for (let at = node; at >= 0; at = tape.parent(at)) {
    const key = tape.key(at);
    if (key < 0) continue;
    const name = words.name(tape, key);
    if (name === 'input' || name === 'input_schema' || name === 'citations') return true;
    const type = name === 'content' ? tape.textAt(tape.parent(at), 'type') : undefined;
    if (type !== undefined && type !== 'tool_result' && type.endsWith('_result')) return true;
  }
  return false;
}

function speaker(tape: T.Tape, role: number): Place['role'] {
  return (role >= 0 && tape.kind(role) === T.STRING ? ROLES[words.text(tape, role)] : undefined) ?? 'meta';
}
