// Type tests, checked by tsc and never run: what was not recorded, or has no passing verdict, cannot be forwarded.
import type { Gate } from '../gate.ts';
import type { Clearance, Decided, Inspected, Recorded } from './exchange.ts';
import { forward } from './forward.ts';
import { record } from './record.ts';

export function order(gate: Gate, inspected: Inspected, decided: Decided, recorded: Recorded): void {
  // @ts-expect-error an exchange without a verdict cannot be recorded
  record(inspected, gate);
  // @ts-expect-error an exchange without a receipt cannot be forwarded
  forward(decided, gate);
  // @ts-expect-error an exchange that is recorded but not cleared (held or denied) cannot be forwarded
  forward(recorded, gate);
  // @ts-expect-error a clearance cannot be made up
  const clearance: Clearance = { approval: undefined };
  // @ts-expect-error a receipt cannot be made up
  const receipt: Recorded['receipt'] = { exchange: '', seq: 0 };
  void [clearance, receipt];
}
