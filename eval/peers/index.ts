// The peers and how they are measured: recall on independent secrets, and harmless texts that they flag.
import type { Labelled } from '../labelled.ts';
import { overlaps } from '../labelled.ts';
import type { Rate } from '../measure.ts';
import { detectSecrets } from './detect-secrets.ts';
import type { Peer } from './peer.ts';
import { secretlint } from './secretlint.ts';

const peers: readonly Peer[] = [secretlint, detectSecrets];

export interface PeerRow {
  readonly name: string;
  /** Undefined when it is not installed. */
  readonly figures: { readonly recall: Rate; readonly falseAlarms: Rate } | undefined;
}

export async function measurePeers(
  values: readonly Labelled[],
  harmless: readonly Labelled[],
): Promise<PeerRow[]> {
  const secret = values.filter(({ what }) => what.startsWith('secret.'));
  const rows: PeerRow[] = [];
  for (const { name, find } of peers) {
    const found = await find([...secret, ...harmless].map(({ text }) => text));
    const hits = secret.filter(({ spans }, i) =>
      (found?.[i] ?? []).some((one) => spans.some((span) => overlaps(one, span))),
    );
    const alarms = harmless.filter((_, i) => (found?.[secret.length + i]?.length ?? 0) > 0);
    rows.push({
      name,
      figures: found && {
        recall: { hits: hits.length, of: secret.length },
        falseAlarms: { hits: alarms.length, of: harmless.length },
      },
    });
  }
  return rows;
}
