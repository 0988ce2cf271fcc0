// Engines by what they look for: policies that look for the same share one, and a reload keeps those that are still used, so
// that it costs calls in flight nothing but what is new. It must not know what is done with what is found.
import { createHash } from 'node:crypto';
import { type CustomRule, compileEngine, type Engine, type ExactValue } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import type { Direction } from '@sluice/types';
import { OWN_SECRET, readingsOf } from './flow/own-secrets.ts';

export interface Wanted {
  readonly direction: Direction;
  /** Of the policy, besides all built-in detectors. */
  readonly custom: readonly CustomRule[];
  /** The gateway's own. */
  readonly secrets: readonly string[];
  /** Those that the configuration names. */
  readonly values: readonly ExactValue[];
}

export class Engines {
  readonly #built = new Map<string, Engine>();

  /** Stands for all that decides what is found. Holds no secret in clear. */
  static keyOf({ direction, custom, secrets, values }: Wanted): string {
    return createHash('sha256')
      .update(JSON.stringify([direction, custom, secrets, values]))
      .digest('base64url');
  }

  /** Built when it is first asked for. */
  get(wanted: Wanted, key = Engines.keyOf(wanted)): Engine {
    let engine = this.#built.get(key);
    if (engine === undefined) {
      engine = compileEngine({
        direction: wanted.direction,
        detectors: builtin,
        custom: wanted.custom,
        exact: [
          ...wanted.secrets.flatMap(readingsOf).map((value) => ({ kind: OWN_SECRET, value })),
          ...wanted.values,
        ],
      });
      // Now, so that no call waits for it.
      engine.splits();
      this.#built.set(key, engine);
    }
    return engine;
  }

  /** Forgets what the configuration in force does not use; calls in flight keep what they hold. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#built.keys()) if (!keys.has(key)) this.#built.delete(key);
  }
}
