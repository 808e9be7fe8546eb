/** Two days: who says more does not mean it. */
const LONGEST_S = 172_800;

/** When a Retry-After of whole seconds is over (RFC 9110 §10.2.3), as UTC ms. Our backend writes no other form. */
export function retryMoment(header: string | null, now: number): number | null {
  if (header === null || !/^\d{1,9}$/.test(header)) return null;
  return now + Math.min(Number(header), LONGEST_S) * 1000;
}
