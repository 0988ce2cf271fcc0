// The policy that comes with Sluice: in force as `standard` when the file defines none of that name, and always there to be
// extended as `built-in`. The command line's `scan` and the first run use it.
import type { PolicyDocument } from './document.ts';

/** Name under which it can always be extended. */
export const BUILT_IN = 'built-in';

/** Name of the policy that an access rule means when it names none. */
export const STANDARD = 'standard';

export const standardPolicy: PolicyDocument = {
  prompt: [
    { find: ['secret'], do: 'block' },
    { find: ['canary'], do: 'block' },
    { find: ['pii.email', 'pii.phone'], do: 'tokenize' },
    { find: ['injection'], do: 'flag' },
    // Images, sound, files and token numbers cannot be read as text: whoever cannot have that, blocks them.
    { find: ['opaque'], do: 'flag' },
    {
      name: 'env-dump',
      match: ['(?i)\\b(print|show|dump)\\b.{0,40}\\benvironment variables?\\b'],
      do: 'approve',
    },
  ],
  response: [
    { find: ['secret'], do: 'mask' },
    { find: ['canary'], do: 'mask' },
    // Names that nothing but a table tells stay readable: an answer about a mathematician is no leak. Their confidence is
    // below this; a name that a form's field or a title announces is above it.
    { find: ['pii'], do: 'mask', as: 'last4', confidence: 0.4 },
    { name: 'names', find: ['pii.person'], do: 'flag' },
    { find: ['exfil'], do: 'strip' },
  ],
  // Wide enough for long conversations and long answers. Limits over time are left to whoever knows the traffic.
  limits: { request_bytes: 4_000_000, response_bytes: 4_000_000, response_tokens: 64_000, duration: 600_000 },
  approval: { minimum: 1, hold: 60_000, expires: 900_000, pending_per_principal: 3 },
  record: 'full',
  mode: 'enforce',
  release: 'stream',
};
