// GitHub: personal, OAuth, user-to-server, server-to-server and refresh tokens, fine-grained personal tokens.
import { base62, crc32, endsWithCrc } from '../checks/crc32.ts';
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const SOURCE = 'https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/';

function classic(prefix: string): string {
  const body = sample('base62', 30, prefix);
  return `${prefix}_${body}${base62(crc32(body), 6)}`;
}

export const github: readonly Detector[] = [
  token({
    id: 'github-token',
    about:
      'Classic token (ghp_, gho_, ghu_, ghs_, ghr_); the last six characters are verified as base62 CRC-32.',
    source: SOURCE,
    patterns: ['gh[pousr]_[A-Za-z0-9]{36,}'],
    // Tokens may grow; a checksum that fails may be one of a longer kind, so it only costs confidence.
    check: ({ text }) => (endsWithCrc(text.slice(4)) ? 1 : 0.7),
    samples: ['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map(classic),
  }),
  token({
    id: 'github-fine-grained-token',
    about: 'Fine-grained personal access token: fixed prefix, 22 characters, underscore, 59 characters.',
    source: SOURCE,
    patterns: ['github_pat_[A-Za-z0-9]{16,}_[A-Za-z0-9]{36,}', 'github_pat_[A-Za-z0-9_]{82}'],
    samples: [`github_pat_${sample('base62', 22)}_${sample('base62', 59)}`],
  }),
];
