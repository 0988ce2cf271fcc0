// Several dialects of one provider under one name: each claims its own requests and edits their answers. Knows no provider.
import type { Claim, Protocol } from '../protocol.ts';

/** All that does not depend on the claim is the first dialect's. */
export function joined(name: string, ...dialects: readonly [Protocol, ...Protocol[]]): Protocol {
  const of = (claim: Claim): Protocol => dialects[claim.dialect ?? 0]!;
  return {
    ...dialects[0],
    name,
    claim(head) {
      for (const [dialect, protocol] of dialects.entries()) {
        const claim = protocol.claim(head);
        if (claim !== undefined) return { ...claim, dialect };
      }
      return undefined;
    },
    decode: (claim, body) => of(claim).decode(claim, body),
    editWhole: (claim, ...more) => of(claim).editWhole(claim, ...more),
    editStream: (claim, ...more) => of(claim).editStream(claim, ...more),
  };
}
