// What refusals share over protocols: the sentence, and the headers that tell a client whether to try again.
import { ERRORS, type Refusal } from '@sluice/types';

export function refusalMessage(refusal: Refusal): string {
  const { message } = ERRORS[refusal.code];
  const detail = refusal.detail === undefined ? '' : ` ${refusal.detail}`;
  const approval =
    refusal.approval === undefined ? '' : ` Approval ${refusal.approval.id}: ${refusal.approval.url}`;
  return `${message}${detail}${approval}`;
}

export function refusalHeaders(refusal: Refusal): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-sluice-session': refusal.session,
    ...(ERRORS[refusal.code].retry ? {} : { 'x-should-retry': 'false' }),
    ...(refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }),
  };
}

/** What a cut answer says to whoever looks at the wire; clients ignore comments. Code and session are this project's own words. */
export function cutComment(refusal: Refusal): string {
  return `: sluice ${refusal.code} session=${refusal.session.replace(/[^A-Za-z0-9._-]/g, '')}\n\n`;
}
