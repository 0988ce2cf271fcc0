// The peers, in the order in which tables show them.
import { blind, blindGathered } from './blind.ts';
import { direct } from './direct.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import type { Peer } from './peer.ts';
import { portkey } from './portkey.ts';
import { sluice } from './sluice.ts';

export const PEERS: readonly Peer[] = [direct, nginx, haproxy, blind, blindGathered, portkey, sluice];

/** Measured only when named: it says much the same as nginx. */
export const OPTIONAL: ReadonlySet<string> = new Set(['haproxy']);
