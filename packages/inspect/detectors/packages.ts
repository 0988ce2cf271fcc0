// Package registries: npm, PyPI, RubyGems, Docker Hub, and tokens written into their clients' configuration.
import { base62, crc32, endsWithCrc } from '../checks/crc32.ts';
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const NPM_BODY = sample('base62', 30, 'npm');

export const packages: readonly Detector[] = [
  token({
    id: 'npm-token',
    about: 'npm access token; the last six characters are verified as base62 CRC-32.',
    source: 'https://github.blog/2021-09-23-announcing-npms-new-access-token-format/',
    patterns: ['\\bnpm_[A-Za-z0-9]{36,}'],
    check: ({ text }) => (endsWithCrc(text.slice(4)) ? 1 : 0.7),
    samples: [`npm_${NPM_BODY}${base62(crc32(NPM_BODY), 6)}`],
    negative: ['npm_config_user_agent', 'npm_package_dependencies_typescript'],
  }),
  token({
    id: 'pypi-token',
    about: 'PyPI upload token: a macaroon in base64 with a fixed head.',
    patterns: ['pypi-AgE[A-Za-z0-9_-]{50,}'],
    maxLength: 2048,
    samples: [`pypi-AgEIcHlwaS5vcmc${sample('base64url', 150)}`],
  }),
  token({
    id: 'rubygems-token',
    about: 'RubyGems API key: rubygems_ and 48 hexadecimal digits.',
    patterns: ['rubygems_[0-9a-f]{48}'],
    samples: [`rubygems_${sample('hex', 48)}`],
  }),
  token({
    id: 'docker-hub-token',
    about: 'Personal or organisation access token of Docker Hub.',
    patterns: ['dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}'],
    samples: [`dckr_pat_${sample('base64url', 27)}`, `dckr_oat_${sample('base64url', 32)}`],
  }),
];
