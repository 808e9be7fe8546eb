/** How far the backend's clock is from this one. */
export interface ClockSkew {
  /** Positive where the backend's is ahead. */
  ms: number;
  /** The most that this can be off by: a Date header has no fractions, and an answer takes its time. */
  withinMs: number;
}

/** Read from the Date header of an answer (RFC 9110 §6.6.1); null where it has none that can be read. */
export function clockSkewOf(date: string | null, sentAt: number, answeredAt: number): ClockSkew | null {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return null;
  const here = (sentAt + answeredAt) / 2;
  return { ms: Math.round(theirs + 500 - here), withinMs: Math.round(500 + (answeredAt - sentAt) / 2) };
}

/** Milliseconds from which it is worth a word: an id_token is given a minute. */
const TOLERATED_MS = 5000;

export function isSkewed({ ms, withinMs }: ClockSkew): boolean {
  return Math.abs(ms) - withinMs > TOLERATED_MS;
}
