import { say } from '../words.ts';

/** `943 kB`, as file managers have it. */
export function spellBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1e6 ? (['kilobyte', bytes / 1e3] as const) : (['megabyte', bytes / 1e6] as const);
  return size.toLocaleString(say('language'), {
    style: 'unit',
    unit,
    maximumFractionDigits: size < 10 ? 1 : 0,
  });
}
