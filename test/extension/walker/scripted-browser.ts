import { onTestFinished, vi } from 'vitest';

import type { HopTraffic } from '../../../extension/walker/hop-traffic.ts';
import type { TrafficEvent } from '../../../extension/walker/traffic-event.ts';

/** What a URL answers: an error's name, a redirect (which Firefox may ask for over https, as HSTS has it), a response, nothing for as long as it is asked, or something that no listener hears of. */
export type Scripted =
  | { error: string }
  | { location: string; cookie?: string; overTls?: boolean }
  | Response
  | 'silence'
  | 'unheard';

export interface ScriptedBrowser {
  traffic: HopTraffic;
  /** URLs in the order they were asked for. */
  asked: string[];
}

/**
 * A browser as the walker knows it, which plain Node is not: a manual fetch that shows nothing of a redirect, and
 * listeners that do. Stands in for `fetch` until the test is finished.
 */
export function scriptBrowser(answer: (url: URL, times: number) => Scripted): ScriptedBrowser {
  const asked: string[] = [];
  let heard: (event: TrafficEvent) => void = () => undefined;

  const answered = (status: number, headers: Record<string, string>) => {
    heard({
      kind: 'answered',
      status,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    });
  };
  const fetched = async (url: string, { signal }: { signal: AbortSignal }): Promise<Response> => {
    asked.push(url);
    const said = answer(new URL(url), asked.filter((one) => one === url).length);
    // Listeners hear of a fetch after the turn that made it.
    await Promise.resolve();
    if (said === 'unheard') return Response.error();
    heard({ kind: 'asked', url });
    if (typeof said === 'object' && 'overTls' in said && said.overTls) {
      const to = url.replace('http:', 'https:');
      heard({ kind: 'redirecting', status: 0, to, ip: null, fromCache: false, headers: [] });
    }
    heard({ kind: 'sending', headers: [] });
    if (said === 'silence') {
      await new Promise((aborted) => signal.addEventListener('abort', aborted));
      heard({ kind: 'failed', error: 'net::ERR_ABORTED' });
      throw signal.reason;
    }
    if (said instanceof Response) {
      answered(said.status, Object.fromEntries(said.headers));
      heard({ kind: 'completed', status: said.status, ip: '127.0.0.1', fromCache: false });
      return said;
    }
    if ('error' in said) {
      heard({ kind: 'failed', error: said.error });
      throw new TypeError('Failed to fetch');
    }
    // An answer takes a moment, and comes too late where there is none left.
    await new Promise((came) => setTimeout(came, 5));
    signal.throwIfAborted();
    answered(302, { Location: said.location, ...(said.cookie ? { 'Set-Cookie': said.cookie } : {}) });
    heard({ kind: 'completed', status: 302, ip: '127.0.0.1', fromCache: false });
    return Response.error();
  };
  vi.stubGlobal('fetch', fetched);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return {
    asked,
    traffic: {
      claim(_, listener) {
        heard = listener;
        return { abandon: () => undefined };
      },
    },
  };
}
