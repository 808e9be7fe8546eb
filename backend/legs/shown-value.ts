/** A value of an answer as a check may show it: its type where it is a structure, however deep, and never all of a long one. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'a structure' : String(value).slice(0, 256);
}
