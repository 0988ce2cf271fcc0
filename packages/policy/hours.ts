// Hours of the week in a time zone: "Mon-Fri 07:00-20:00 Europe/Berlin". Time zones come from Intl; no clock of its own.

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const DAY_MINUTES = 1440;

/** Of one week: which days a span may start on, and minutes from their midnight. `to` beyond 1440 runs into the next day. */
export interface Hours {
  /** Monday first. */
  readonly days: readonly boolean[];
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

const SHAPE = /^(?<days>[A-Za-z,-]+) (?<from>\d\d:\d\d)-(?<to>\d\d:\d\d) (?<zone>[A-Za-z0-9_+/-]+)$/;

/**
 * Days (`Mon-Fri`, `Mon,Wed,Sat-Sun`, `daily`), from and to (24 hours, `to` excluded, `24:00` allowed; a `to` at or before
 * `from` is on the next day), and an IANA time zone, which may not be left out. A string says what is wrong.
 */
export function parseHours(text: string): Hours | string {
  const parts = SHAPE.exec(text.trim().replaceAll(/\s+/g, ' '))?.groups;
  if (parts === undefined) return 'is not of the form "Mon-Fri 07:00-20:00 Europe/Berlin"';
  const days = parseDays(parts.days!);
  if (days === undefined) return 'has days that are not Mon, Tue, Wed, Thu, Fri, Sat, Sun or daily';
  const from = parseClock(parts.from!);
  const to = parseClock(parts.to!);
  if (from === undefined || to === undefined || from === DAY_MINUTES)
    return 'has a time of day that does not exist';
  const zone = parts.zone!;
  if (!isZone(zone)) return 'names a time zone that does not exist';
  return { days, from, to: to <= from ? to + DAY_MINUTES : to, zone };
}

/** True when `now` (epoch milliseconds) lies in the hours, by the clock on the wall in their time zone. */
export function isWithin(hours: Hours, now: number): boolean {
  const { day, minute } = wallClock(hours.zone, now);
  if (hours.days[day] === true && minute >= hours.from && minute < hours.to) return true;
  const yesterday = (day + 6) % 7;
  return hours.days[yesterday] === true && minute + DAY_MINUTES < hours.to;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string, now: number): { day: number; minute: number } {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  let day = 0;
  let minute = 0;
  for (const part of clock.formatToParts(now)) {
    if (part.type === 'weekday') day = DAYS.indexOf(part.value as (typeof DAYS)[number]);
    else if (part.type === 'hour') minute += Number(part.value) * 60;
    else if (part.type === 'minute') minute += Number(part.value);
  }
  return { day, minute };
}

function parseDays(text: string): readonly boolean[] | undefined {
  const days = DAYS.map(() => false);
  if (text.toLowerCase() === 'daily') return days.map(() => true);
  for (const span of text.split(',')) {
    const ends = span
      .split('-')
      .map((name) => DAYS.findIndex((day) => day.toLowerCase() === name.toLowerCase()));
    const first = ends[0]!;
    const last = ends[ends.length - 1]!;
    if (ends.length > 2 || ends.includes(-1)) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days[day] = true;
      if (day === last) break;
    }
  }
  return days;
}

function parseClock(text: string): number | undefined {
  const [hour, minute] = text.split(':').map(Number);
  const total = hour! * 60 + minute!;
  return minute! < 60 && total <= DAY_MINUTES ? total : undefined;
}

/** Intl is the only list of zones at hand, and it answers with a RangeError. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
