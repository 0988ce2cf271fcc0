// The gateway's own keys: slc_, 43 random characters, and their CRC-32 in six base62 digits.
import { base62, crc32, endsWithCrc } from '../checks/crc32.ts';
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const BODY = sample('base62', 43, 'sluice');

export const sluiceKey: readonly Detector[] = [
  token({
    id: 'sluice-key',
    about:
      'Key of this gateway; the last six characters are verified as base62 CRC-32 of the 43 before them.',
    patterns: ['slc_[0-9A-Za-z]{49}'],
    check: ({ text }) => (endsWithCrc(text.slice(4)) ? 1 : 0.7),
    samples: [`slc_${BODY}${base62(crc32(BODY), 6)}`],
    negative: ['slc_instruction_cache'],
  }),
];
