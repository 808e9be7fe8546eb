import { beginHop, foldTraffic, type HopFacts } from './assemble-hop.ts';
import type { TabEvent } from './traffic-event.ts';

/** One request of the tab for its page, as far as it is known. */
export interface TabHop {
  requestId: string;
  facts: HopFacts;
  /** Where the browser said that it goes next, by a redirect or by itself. */
  to: string | null;
  startedAtMs: number;
}

export interface TabHops {
  /** On its way. */
  open: TabHop | null;
  /** The one before, which late events may still complete. */
  last: TabHop | null;
}

export const NO_HOPS: TabHops = { open: null, last: null };

export interface Folded {
  hops: TabHops;
  /** The hops that this event ended, in their order. */
  ended: TabHop[];
}

/**
 * Folds one event of the tab into its hops. Pure. `came` says what a page that went on was doing; a redirect needs no such
 * word. A hop ends where the browser redirects, completes or fails it, or leaves it for another page.
 */
export function foldTab(hops: TabHops, event: TabEvent, atMs: number, came: HopFacts['came']): Folded {
  const { requestId, url, what } = event;
  if (what.kind === 'asked') return begin(hops, event, atMs, came);
  const { open, last } = hops;
  if (open?.requestId === requestId && isUpgrade(open.facts.url, url)) {
    // HSTS in a tab: asked for in clear and sent encrypted, without a redirect in between.
    const { came } = open.facts;
    const mark = browserMade(open, url, came);
    const again = foldTab({ open: { ...open, facts: beginHop(url) }, last }, event, atMs, came);
    return { ...again, ended: [mark, ...again.ended] };
  }
  if (open?.requestId === requestId && isSame(open.facts.url, url)) {
    const hop = {
      ...open,
      facts: foldTraffic(open.facts, what),
      to: what.kind === 'redirecting' ? what.to : open.to,
    };
    const over = what.kind === 'redirecting' || hop.facts.over;
    return over
      ? { hops: { open: null, last: hop }, ended: [hop] }
      : { hops: { open: hop, last }, ended: [] };
  }
  if (last?.requestId === requestId && isSame(last.facts.url, url)) {
    return { hops: { open, last: { ...last, facts: foldTraffic(last.facts, what) } }, ended: [] };
  }
  return { hops, ended: [] };
}

function begin(
  { open, last }: TabHops,
  { requestId, url }: TabEvent,
  atMs: number,
  came: HopFacts['came'],
): Folded {
  // The same question once more, as a browser may ask it where a connection broke.
  if (open?.requestId === requestId && isSame(open.facts.url, url))
    return { hops: { open, last }, ended: [] };
  const left = open && { ...open, facts: { ...open.facts, over: true } };
  const before = left ?? last;
  const redirected = before?.requestId === requestId;
  const hop: TabHop = {
    requestId,
    facts: beginHop(url, before && !redirected ? came : null),
    to: null,
    startedAtMs: atMs,
  };
  const announced = redirected ? before.to : null;
  const mark =
    announced !== null && isUpgrade(announced, url)
      ? [browserMade({ ...hop, facts: beginHop(announced) }, url, null)]
      : [];
  return { hops: { open: hop, last: before }, ended: [...(left ? [left] : []), ...mark] };
}

function browserMade(hop: TabHop, movedTo: string, came: HopFacts['came']): TabHop {
  return { ...hop, facts: { ...beginHop(hop.facts.url, came), movedTo, over: true }, to: movedTo };
}

/** A browser that would rather have https asks there at once, and says nothing of it. */
export function isUpgrade(announced: string, asked: string): boolean {
  return announced.startsWith('http:') && isSame(announced.replace(/^http:/, 'https:'), asked);
}

/** webRequest shows some URLs without their fragment. */
export function isSame(one: string, other: string): boolean {
  return one.split('#')[0] === other.split('#')[0];
}
