import { describe, expect, test } from 'vitest';

import { type Folded, foldTab, NO_HOPS, type TabHop } from '../../../extension/walker/tab-hops.ts';
import type { TabEvent, TrafficEvent } from '../../../extension/walker/traffic-event.ts';

type Said = [requestId: string, url: string, what: TrafficEvent];

const asked = (url: string): TrafficEvent => ({ kind: 'asked', url });
const answered = (status: number): TrafficEvent => ({ kind: 'answered', status, headers: [] });
const completed: TrafficEvent = { kind: 'completed', status: 200, ip: '192.0.2.1', fromCache: false };
const redirecting = (to: string): TrafficEvent => ({
  kind: 'redirecting',
  status: 302,
  to,
  ip: '192.0.2.1',
  fromCache: false,
  headers: [],
});

function fold(
  said: Said[],
  came: 'by_script' | 'after_page' | null = null,
): { ended: TabHop[]; hops: Folded['hops'] } {
  const ended: TabHop[] = [];
  let hops = NO_HOPS;
  for (const [at, [requestId, url, what]] of said.entries()) {
    const event: TabEvent = { requestId, url, method: 'GET', what };
    const folded = foldTab(hops, event, at, came);
    hops = folded.hops;
    ended.push(...folded.ended);
  }
  return { ended, hops };
}

const shown = ({ ended }: { ended: TabHop[] }) =>
  ended.map(({ facts: { url, status, ip, came, movedTo } }) => ({ url, status, ip, came, movedTo }));
const plain = { ip: '192.0.2.1', came: null, movedTo: null };

describe('the events of a tab become hops', () => {
  test('one request id goes through all redirects, and each is a hop', () => {
    const result = fold([
      ['1', 'https://a.test/', asked('https://a.test/')],
      ['1', 'https://a.test/', answered(302)],
      ['1', 'https://a.test/', redirecting('https://b.test/')],
      ['1', 'https://b.test/', asked('https://b.test/')],
      ['1', 'https://b.test/', answered(302)],
      ['1', 'https://b.test/', redirecting('https://c.test/')],
    ]);
    expect(shown(result)).toEqual([
      { ...plain, url: 'https://a.test/', status: 302 },
      { ...plain, url: 'https://b.test/', status: 302 },
    ]);
    expect(result.hops.open).toBeNull();
  });

  test('a page that went on is a hop, and the next says how it was come by', () => {
    const { ended, hops } = fold(
      [
        ['1', 'https://a.test/', asked('https://a.test/')],
        ['1', 'https://a.test/', answered(200)],
        ['1', 'https://a.test/', completed],
        ['2', 'https://b.test/', asked('https://b.test/')],
      ],
      'by_script',
    );
    expect(ended.map(({ facts }) => [facts.status, facts.came])).toEqual([[200, null]]);
    expect(hops.open?.facts.came).toBe('by_script');
  });

  test('the http of an HSTS host is asked for and never sent: a mark of the browser (A15)', () => {
    const result = fold([
      ['1', 'http://a.test/x', asked('http://a.test/x')],
      ['1', 'https://a.test/x', { kind: 'sending', headers: [] }],
      ['1', 'https://a.test/x', answered(302)],
      ['1', 'https://a.test/x', redirecting('https://b.test/')],
    ]);
    expect(shown(result)).toEqual([
      { url: 'http://a.test/x', status: null, ip: null, came: null, movedTo: 'https://a.test/x' },
      { ...plain, url: 'https://a.test/x', status: 302 },
    ]);
  });

  test('a redirect to http that is asked for as https is the same mark', () => {
    const result = fold([
      ['1', 'https://a.test/', asked('https://a.test/')],
      ['1', 'https://a.test/', redirecting('http://b.test/x')],
      ['1', 'https://b.test/x', asked('https://b.test/x')],
    ]);
    expect(shown(result).map(({ url, movedTo }) => [url, movedTo])).toEqual([
      ['https://a.test/', null],
      ['http://b.test/x', 'https://b.test/x'],
    ]);
  });

  test('a request left for another is over, and what comes of it later changes nothing', () => {
    const { ended, hops } = fold([
      ['1', 'https://a.test/', asked('https://a.test/')],
      ['2', 'https://b.test/', asked('https://b.test/')],
      ['1', 'https://a.test/', { kind: 'failed', error: 'net::ERR_ABORTED' }],
    ]);
    expect(ended.map(({ facts }) => facts.url)).toEqual(['https://a.test/']);
    expect(hops.open?.facts).toMatchObject({ url: 'https://b.test/', error: null });
  });

  test('a request asked for twice, as after a broken connection, is one hop', () => {
    const { ended, hops } = fold([
      ['1', 'https://a.test/', asked('https://a.test/')],
      ['1', 'https://a.test/', asked('https://a.test/')],
    ]);
    expect(ended).toEqual([]);
    expect(hops.open?.facts.url).toBe('https://a.test/');
  });

  test('an error is the hop’s whose URL it names, not of the one before', () => {
    const { ended } = fold([
      ['1', 'https://a.test/', asked('https://a.test/')],
      ['1', 'https://a.test/', redirecting('https://app.test/cb?code=c')],
      ['1', 'https://app.test/cb?code=c', { kind: 'failed', error: 'net::ERR_BLOCKED_BY_CLIENT' }],
    ]);
    expect(ended.map(({ facts }) => facts.error)).toEqual([null]);
  });
});
