import * as z from 'zod/mini';

/** What a host of the chain is for. `unknown` is an honest answer: the walker walks unknown hosts and flags them. */
export const HopRole = z.enum([
  'authorize',
  'gateway',
  'discovery',
  'enrichment',
  'identity',
  'consent',
  'callback',
  'unknown',
]);
export type HopRole = z.infer<typeof HopRole>;

/** A header as recorded: the name as it came, the value already redacted. */
export const Header = z.object({ name: z.string(), value: z.string() });
export type Header = z.infer<typeof Header>;

/** Our own closed list of transport faults; `extension/walker/net-errors.ts` maps both browsers' vocabularies onto it. */
export const NetErrorCode = z.enum([
  'dns',
  'tls',
  'connect',
  'reset',
  'timeout',
  'bad_location',
  'multiple_location',
  'scheme_forbidden',
  'blocked_by_client',
  'offline',
  'network_changed',
  'unclassified',
]);
export type NetErrorCode = z.infer<typeof NetErrorCode>;

/** What is worth a mark beside a hop without being a failure of it. */
export const HopNote = z.enum([
  'plain_http',
  'downgraded_to_http',
  'upgraded_by_browser',
  'unknown_host',
  'from_cache',
  'slow',
  'device_slept',
  /** Larger than a hop may be: headers are missing, or texts are cut. */
  'truncated',
  /** No redirect led here: a page did, by script or by a refresh. Only a tab does that. */
  'by_script',
  /** The same, after the page was shown to a person. */
  'after_page',
]);
export type HopNote = z.infer<typeof HopNote>;

/** What an HTML page was seen to contain: a field for a telephone number, words of consent or waiting, or a way to go on by itself. */
export const PageSign = z.enum([
  'number_field',
  'consent',
  'wait',
  'meta_refresh',
  'script',
  'self_posting_form',
]);
export type PageSign = z.infer<typeof PageSign>;

/** One request of the chain, redacted. Times are monotonic milliseconds since the run began. */
export const Hop = z.object({
  /** 1, 2, 3 … for network hops; a hop made by the browser carries the number of the network hop before it. */
  index: z.int(),
  madeBy: z.enum(['network', 'browser']),
  role: HopRole,
  url: z.string(),
  status: z.nullable(z.int()),
  /** Arrives after the headers in Chromium, so a journaled hop may be completed later. */
  ip: z.nullable(z.string()),
  startedAtMs: z.number(),
  durationMs: z.nullable(z.number()),
  /** The Location header as sent (redacted), and the same resolved against the hop's URL. */
  location: z.nullable(z.string()),
  nextUrl: z.nullable(z.string()),
  requestHeaders: z.array(Header),
  responseHeaders: z.array(Header),
  cookiesSent: z.array(z.string()),
  cookiesSet: z.array(z.string()),
  notes: z.array(HopNote),
  error: z.nullable(z.object({ code: NetErrorCode, raw: z.string() })),
  /** What an answer that is no redirect showed: its media type and, for HTML, its title as text and what it is for. */
  page: z.nullable(
    z.object({ contentType: z.string(), title: z.nullable(z.string()), shows: z.array(PageSign) }),
  ),
});
export type Hop = z.infer<typeof Hop>;

/** How leg 1 ended. `callback` is a redirect to redirect_uri, which is never requested and so is no hop. */
export const ChainEnd = z.object({
  kind: z.enum(['callback', 'page', 'error', 'refused', 'cancelled', 'interrupted']),
  /** Where the chain would have gone next, or where it stopped; redacted. */
  url: z.nullable(z.string()),
  atMs: z.number(),
  /** A person who closed the tab that was walked has cancelled the run, too. */
  by: z.optional(z.literal('tab_closed')),
});
export type ChainEnd = z.infer<typeof ChainEnd>;
