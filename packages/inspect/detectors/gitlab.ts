// GitLab: every token kind it issues has a prefix of its own.
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

export const gitlab: readonly Detector[] = [
  token({
    id: 'gitlab-token',
    about:
      'Personal, project, deploy, runner, trigger, feed, mail, agent and OAuth tokens, by prefix; routable ones too.',
    source: 'https://docs.gitlab.com/security/tokens/#token-prefixes',
    patterns: [
      'gl(?:pat|dt|ptt|rt|rtr|ft|imt|soat|agent|oas|cbt|ffct|wt)-[A-Za-z0-9_-]{20,}(?:\\.[0-9a-z]{2}\\.?[0-9a-z]{7})?',
      'glcbt-[0-9A-Za-z]{1,5}_[A-Za-z0-9_-]{20,}',
      'GR1348941[A-Za-z0-9_-]{20,}',
    ],
    samples: [
      `glpat-${sample('base64url', 20)}`,
      `glptt-${sample('hex', 40)}`,
      `gloas-${sample('base64url', 64)}`,
      `glpat-${sample('base64url', 27)}.01.${sample('lower', 7)}`,
      `GR1348941${sample('base64url', 20)}`,
      `glcbt-65_${sample('base64url', 20)}`,
    ],
    negative: ['glpath-to-the-file-in-question-here', 'gl-pat-abcdefghijklmnopqrst'],
  }),
];
