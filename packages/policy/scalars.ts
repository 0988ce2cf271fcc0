// The scalars of the document as zod types: read as people write them, given on as numbers and parsed hours.
// Their descriptions are what editors and the reference page show.
import { z } from 'zod';
import { type Hours, parseHours } from './hours.ts';
import { DURATION, PERCENT, parseDuration, parsePercent, parseSize, SIZE } from './units.ts';
import { HOST_PATTERN } from './wildcard.ts';

/** A name of a connection, a policy or a rule. */
export const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

export const name = () =>
  z
    .string()
    .regex(NAME, { error: 'is not a name: lower-case letters, digits, and - _ . inside, at most 64' });

export const text = () => z.string().min(1, { error: 'is empty' });

export const size = () =>
  z
    .union(
      [
        z.int({ error: 'is not a size' }).positive({ error: 'is not above 0' }),
        z.string().regex(SIZE, { error: 'is not a size like 200kB, 1MB or 4MiB' }),
      ],
      {
        error: 'is not a size like 200kB, 1MB or 4MiB',
      },
    )
    .transform((value, context) =>
      whole(
        typeof value === 'number' ? value : parseSize(value),
        context,
        'is not a whole number of bytes above 0',
      ),
    )
    .meta({
      description: 'Bytes, or a size such as `200kB` (200,000), `1MB`, `4MiB` (4,194,304).',
      examples: ['1MB'],
    });

export const duration = () =>
  z
    .string({ error: 'is not a duration like 60s, 15m or 2h' })
    .regex(DURATION, { error: 'is not a duration like 60s, 15m or 2h' })
    .transform((value, context) =>
      whole(parseDuration(value), context, 'is not a whole number of milliseconds above 0'),
    )
    .meta({ description: 'A duration such as `250ms`, `60s`, `15m`, `2h`, `7d`.', examples: ['60s'] });

export const percent = () =>
  z
    .string({ error: 'is not a percentage like 25%' })
    .regex(PERCENT, { error: 'is not a percentage like 25%' })
    .transform((value, context) => {
      const share = parsePercent(value);
      if (share !== undefined) return share;
      context.addIssue({ code: 'custom', message: 'is more than 100%' });
      return z.NEVER;
    })
    .meta({ description: 'A percentage from `0%` to `100%`.', examples: ['25%'] });

export const count = () => z.int({ error: 'is not a whole number' }).positive({ error: 'is not above 0' });

export const hostPattern = () =>
  z.string().regex(HOST_PATTERN, { error: 'is not a host name such as docs.acme.com or *.acme.com' }).meta({
    description: 'A host name; `*.acme.com` is every host below acme.com, not acme.com itself.',
  });

const hoursText = () =>
  z.string().transform((value, context): Hours => {
    const hours = parseHours(value);
    if (typeof hours !== 'string') return hours;
    context.addIssue({ code: 'custom', message: hours });
    return z.NEVER;
  });

export const hours = () =>
  z
    .union(
      [
        hoursText().transform((one) => [one]),
        z.array(hoursText()).min(1, { error: 'is empty, so it could never be true' }),
      ],
      {
        error: 'is not of the form "Mon-Fri 07:00-20:00 Europe/Berlin", nor a list of those',
      },
    )
    .meta({
      description:
        'Days, from and to, and an IANA time zone; one or a list. A span such as `22:00-06:00` runs into the next day.',
      examples: ['Mon-Fri 07:00-20:00 Europe/Berlin'],
    });

/** A day (its end, UTC) or an instant, as epoch milliseconds. */
export const instant = () =>
  z
    .string({ error: 'is not a date like 2027-01-31' })
    .regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/, {
      error: 'is not a date like 2027-01-31',
    })
    .transform((value, context) => {
      const time = Date.parse(value.length === 10 ? `${value}T23:59:59.999Z` : value);
      const rolled = value.length === 10 && new Date(time).toISOString().slice(0, 10) !== value;
      if (Number.isNaN(time) || rolled) {
        context.addIssue({ code: 'custom', message: 'is a date that does not exist' });
        return z.NEVER;
      }
      return time;
    })
    .meta({
      description: 'A day (good until its end, UTC) or an instant with its offset.',
      examples: ['2027-01-31'],
    });

function whole(
  value: number | undefined,
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
  message: string,
): number {
  if (value !== undefined && value > 0) return value;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
