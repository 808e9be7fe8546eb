import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chain of redirects over as many hosts as hops, each answering after `delayMs`; nothing else takes time. */
export interface ChainServer {
  port: number;
  /** The first URL. `end` is where the last hop leads; without it, the last hop answers 200. */
  startUrl(delayMs: number, end: string | null): string;
  close(): Promise<void>;
}

export async function startChainServer(hops: number): Promise<ChainServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://chain');
    const at = Number(url.searchParams.get('at'));
    const delayMs = Number(url.searchParams.get('delay'));
    const end = url.searchParams.get('end');
    const answer = () => {
      if (at < hops) {
        url.searchParams.set('at', String(at + 1));
        response
          .writeHead(302, { location: `http://h${at + 1}.operator.test${url.pathname}${url.search}` })
          .end();
      } else if (end) {
        response.writeHead(302, { location: `${end}?code=bench&state=bench` }).end();
      } else {
        response.writeHead(200).end();
      }
    };
    if (delayMs === 0) answer();
    else setTimeout(answer, delayMs);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    startUrl: (delayMs, end) =>
      `http://h1.operator.test/chain?at=1&delay=${delayMs}${end ? `&end=${encodeURIComponent(end)}` : ''}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
