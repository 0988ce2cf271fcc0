// Settings of a policy that are milder than those it would have inherited: allowed, since they stand in the file, but said.
import type { PolicyParts } from './check.ts';
import { type Issue, type Path, warning } from './issue.ts';

type Setting = readonly [path: readonly string[], of: (document: PolicyParts) => number | undefined];

/** Each as a number that grows with how much it lets happen. */
const SETTINGS: readonly Setting[] = [
  [
    ['mode'],
    ({ mode }) =>
      mode === undefined ? undefined : typeof mode === 'object' ? mode.observe : mode === 'observe' ? 1 : 0,
  ],
  [['release'], ({ release }) => (release === undefined ? undefined : release === 'whole' ? 0 : 1)],
  [['limits', 'request_bytes'], ({ limits }) => limits?.request_bytes],
  [['limits', 'response_bytes'], ({ limits }) => limits?.response_bytes],
  [['limits', 'response_tokens'], ({ limits }) => limits?.response_tokens],
  [['limits', 'duration'], ({ limits }) => limits?.duration],
  [['limits', 'per_minute', 'requests'], ({ limits }) => limits?.per_minute?.requests],
  [['limits', 'per_minute', 'response_bytes'], ({ limits }) => limits?.per_minute?.response_bytes],
  [['limits', 'per_hour', 'requests'], ({ limits }) => limits?.per_hour?.requests],
  [['limits', 'per_hour', 'response_bytes'], ({ limits }) => limits?.per_hour?.response_bytes],
  [
    ['approval', 'minimum'],
    ({ approval }) => (approval?.minimum === undefined ? undefined : -approval.minimum),
  ],
  [['egress', 'files'], ({ egress }) => (egress?.files === undefined ? undefined : Number(egress.files))],
  [['egress', 'stored'], ({ egress }) => (egress?.stored === undefined ? undefined : Number(egress.stored))],
];

export function checkWeaker(document: PolicyParts, line: readonly PolicyParts[], at: Path): readonly Issue[] {
  return SETTINGS.flatMap(([path, of]) => {
    const own = of(document);
    const inherited = line.map(of).find((value) => value !== undefined);
    return own !== undefined && inherited !== undefined && own > inherited
      ? [warning('weaker', [...at, ...path], 'is milder than in the policy that it extends')]
      : [];
  });
}
