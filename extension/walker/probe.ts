import type { HopTraffic } from './hop-traffic.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** What one request of ours, sent to see how the browser treats it, showed. */
export interface Probe {
  /** The browser's listeners were told of it. */
  seen: boolean;
  /** The browser turned it into https by itself, before the network had a say. */
  upgraded: boolean;
  /** What it went through; null for none, undefined where the browser does not tell. */
  proxy: string | null | undefined;
  /** The address that answered; null where the browser has not told. */
  ip: string | null;
  /** Epoch milliseconds. */
  sentAt: number;
  answeredAt: number;
  response: Response | null;
}

/** Milliseconds for an answer, and for what the browser tells of it after that. */
const ANSWER_MS = 3000;
const STRAGGLERS_MS = 1000;

/** Asks `url` once, without cookies or key, and follows nothing, until the browser has told `enough`. Never rejects: that nobody answered is an answer. */
export async function probe(
  url: string,
  traffic: HopTraffic,
  enough: (event: TrafficEvent) => boolean = isTelling,
): Promise<Probe> {
  const heard: TrafficEvent[] = [];
  let told = () => {};
  const claim = traffic.claim(url, (event) => {
    heard.push(event);
    if (enough(event)) told();
  });
  const sentAt = Date.now();
  const response = await fetch(url, {
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null);
  const answeredAt = Date.now();
  if (!heard.some(enough)) {
    await new Promise<void>((resolve) => {
      told = resolve;
      setTimeout(resolve, STRAGGLERS_MS);
    });
  }
  claim.abandon();
  return { ...readProbe(url, heard), sentAt, answeredAt, response };
}

/** What the browser's own words come to. Pure. */
export function readProbe(
  url: string,
  heard: readonly TrafficEvent[],
): Pick<Probe, 'seen' | 'upgraded' | 'proxy' | 'ip'> {
  const answered = heard.findIndex(({ kind }) => kind === 'answered');
  const before = answered < 0 ? heard : heard.slice(0, answered);
  const overTls = url.replace(/^http:/, 'https:');
  const sending = heard.find((event) => event.kind === 'sending');
  const done = heard.find((event) => event.kind === 'completed' || event.kind === 'redirecting');
  return {
    seen: heard.length > 0,
    upgraded: overTls !== url && before.some((event) => event.kind === 'redirecting' && event.to === overTls),
    proxy: sending?.proxy,
    ip: done?.ip ?? null,
  };
}

/** With it comes the address. */
export function isOver({ kind }: TrafficEvent): boolean {
  return kind === 'completed' || kind === 'failed' || kind === 'redirecting';
}

/** An upgrade comes before any of these. */
function isTelling({ kind }: TrafficEvent): boolean {
  return kind === 'redirecting' || kind === 'answered' || kind === 'completed' || kind === 'failed';
}
