import type { Observed } from './conditions.ts';

/** What browsers have beyond what every one of them has; each part may be missing. */
interface Telling {
  connection?: { type?: string };
  userAgentData?: { mobile?: boolean; brands?: { brand: string; version: string }[] };
}

/** What this browser tells of itself and of its connection, now. */
export function observe({ connection, userAgentData, userAgent }: Navigator & Telling = navigator): Observed {
  return {
    connection: connection?.type ?? null,
    browser: browserOf(userAgentData?.brands ?? [], userAgent),
  };
}

/** Whether this is a phone, as the browser says of itself. */
export function isPhone({ userAgentData, userAgent }: Navigator & Telling = navigator): boolean {
  return userAgentData?.mobile ?? /\b(Android|iPhone|Mobile)\b/.test(userAgent);
}

/** Brands are listed beside the engine's name and one that is made up, so that nobody relies on the list. */
function browserOf(brands: { brand: string; version: string }[], userAgent: string): string | null {
  const real = brands.filter(({ brand }) => !/not.*brand/i.test(brand));
  const own = real.find(({ brand }) => brand !== 'Chromium') ?? real[0];
  if (own) return `${own.brand} ${own.version}`;
  // The browsers built on Chrome carry its name too, and their own after it.
  const found =
    /(Firefox|FxiOS|EdgA?|OPR|SamsungBrowser)\/(\d+)/.exec(userAgent) ?? /(Chrome)\/(\d+)/.exec(userAgent);
  return found ? `${found[1]} ${found[2]}` : null;
}
