// The life of one call, on one screen. Each step takes the stage before and returns a wider one, or throws `Refused`;
// what a step may not be skipped for can be read off its argument type. docs/flow.md shows the ways out.
import type { Gate } from '../gate.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { claim } from './claim.ts';
import { clear } from './clear.ts';
import { decide } from './decide.ts';
import { decode } from './decode.ts';
import type { Arrived } from './exchange.ts';
import { forward } from './forward.ts';
import { inspectPrompt } from './inspect.ts';
import { receive } from './receive.ts';
import { record } from './record.ts';

export async function flow(arrived: Arrived, gate: Gate): Promise<void> {
  const authenticated = await authenticate(arrived, gate); // unauthenticated
  const claimed = claim(authenticated); //                    unsupported_operation
  const received = await receive(claimed); //                 request_too_large, malformed_request
  const decoded = decode(received); //                        malformed_request
  const authorized = await authorize(decoded, gate); //       forbidden, connection_stopped, limit_exceeded, request_too_large
  const inspected = inspectPrompt(authorized, gate); //       policy_unavailable
  const decided = decide(inspected);
  const recorded = await record(decided, gate); //            record_unavailable
  const cleared = await clear(recorded, gate); //             prompt_blocked, approval_*, connection_stopped, unauthenticated
  await forward(cleared, gate); //                            upstream_*, response_blocked, limit_exceeded
}
