const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 3650 * 86_400_000;

/** Milliseconds of `30d`, `12h` or `90m`. `option` is named where it is none. */
export function readSpan(option: string, text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const span = Number(count) * (UNITS[unit] ?? 0);
  if (span > 0 && span <= LONGEST_MS) return span;
  throw new Error(`${option} is "${text}". Give minutes, hours or days, for example 90m, 12h or 30d.`);
}
