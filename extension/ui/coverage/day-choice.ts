import type { CoverageFilter } from '#protocol/coverage-api.ts';

/** How far back, with one click. */
export const QUICK_DAYS = [7, 30, 90] as const;

type Days = Pick<CoverageFilter, 'fromDay' | 'toDay'>;

/** The first of so many days, of which today is the last. Open to the end: where it is tomorrow already, runs are made too. */
export function firstDay(days: number, today: Date): string {
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${first.getFullYear()}-${two(first.getMonth() + 1)}-${two(first.getDate())}`;
}

/** Which of the quick choices the filter is; null where its days are others. */
export function quickOf({ fromDay, toDay }: Days, today: Date): (typeof QUICK_DAYS)[number] | 'all' | null {
  if (fromDay === undefined && toDay === undefined) return 'all';
  if (toDay !== undefined) return null;
  return QUICK_DAYS.find((days) => firstDay(days, today) === fromDay) ?? null;
}
