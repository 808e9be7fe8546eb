/**
 * One thing the browser said about one request of ours, in either browser's words. Times are epoch milliseconds with
 * fractions. `proxy` is what the request goes through, null for none; left out by a browser that does not tell.
 */
export type TrafficEvent =
  | { kind: 'asked'; url: string }
  | { kind: 'sending'; headers: RawHeader[]; proxy?: string | null }
  | { kind: 'answered'; status: number; headers: RawHeader[] }
  | {
      kind: 'redirecting';
      status: number;
      to: string;
      ip: string | null;
      fromCache: boolean;
      headers: RawHeader[];
    }
  | { kind: 'completed'; status: number; ip: string | null; fromCache: boolean }
  | { kind: 'failed'; error: string };

/** The same of the page of a tab. One request id goes through all its redirects; a script's or a person's next page has another. */
export interface TabEvent {
  requestId: string;
  url: string;
  method: string;
  what: TrafficEvent;
}

/** Unredacted: lives in memory only, for as long as the hop is assembled. */
export interface RawHeader {
  name: string;
  value: string;
}
