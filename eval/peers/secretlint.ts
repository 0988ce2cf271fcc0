// secretlint with its recommended preset, as a library.
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Peer } from './peer.ts';

const ID = '@secretlint/secretlint-rule-preset-recommend';

export const secretlint: Peer = {
  name: 'secretlint, recommended preset',
  async find(texts) {
    const found = [];
    for (const content of texts) {
      const { messages } = await lintSource({
        source: { content, filePath: 'text.txt', ext: '.txt', contentType: 'text' },
        options: { config: { rules: [{ id: ID, rule: creator }] } },
      });
      found.push(messages.map(({ range: [start, end] }) => ({ start, end })));
    }
    return found;
  },
};
