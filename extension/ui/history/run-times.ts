import { say } from '../words.ts';

/** When a run began, where it was made. Its own offset is used, so that the same run reads the same everywhere. */
interface Began {
  startedAt: number;
  utcOffsetMinutes: number;
}

export function timeOf(run: Began): string {
  return format(run, { hour: '2-digit', minute: '2-digit' });
}

export function dayOf(run: Began, today = new Date()): string {
  const year = new Date(run.startedAt).getUTCFullYear() === today.getUTCFullYear() ? undefined : 'numeric';
  return format(run, { day: 'numeric', month: 'short', year });
}

export function momentOf(run: Began): string {
  return format(run, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** For the title of what shows the local time. */
export function utcOf({ startedAt }: Began): string {
  return new Date(startedAt).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

export function spellDay(day: string): string {
  return format({ startedAt: Date.parse(`${day}T00:00Z`), utcOffsetMinutes: 0 }, { dateStyle: 'medium' });
}

/** Making one costs more than using it a hundred times, and a list uses three. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format({ startedAt, utcOffsetMinutes }: Began, how: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(how);
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(say('language'), { ...how, timeZone: 'UTC', hourCycle: 'h23' });
  formats.set(key, known);
  return known.format(startedAt + utcOffsetMinutes * 60_000);
}
