// What the built-in detectors find: with it, a rule for a kind that nothing finds is an error.
import { builtin } from '@sluice/inspect/detectors/index';
import type { KnownKind } from '@sluice/policy';

/** Content of a request that no reader of texts can read; not found by a detector but told by the protocol. */
const OPAQUE = ['image', 'audio', 'document', 'tokens', 'sealed'].map(
  (what): KnownKind => ({ kind: `opaque.${what}`, direction: 'prompt' }),
);

export const KINDS: readonly KnownKind[] = [
  ...builtin.flatMap(({ kind, kinds, direction }) =>
    Object.keys(kinds ?? { [kind]: '' }).map((one) => ({ kind: one, direction })),
  ),
  ...OPAQUE,
];
