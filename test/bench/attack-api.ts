import { connect } from 'node:net';

import type { AttackedBackend } from './attack-backend.ts';

export interface ApiAttack {
  name: string;
  /** What the backend answered, as a status and its own word. */
  act(backend: AttackedBackend): Promise<string>;
  expected: string;
  /** Milliseconds within which it must be over. */
  within: number;
}

/** What anyone who can reach the backend's port can do to it. */
export const API_ATTACKS: readonly ApiAttack[] = [
  {
    name: 'JSON body of 64 kB, 32 000 deep',
    act: post('/v1/runs', '['.repeat(32_000) + ']'.repeat(32_000)),
    expected: '400 api.bad_request',
    within: 1000,
  },
  {
    name: 'body of 2 MB',
    act: post('/v1/runs', JSON.stringify('x'.repeat(2 ** 21))),
    expected: '413 api.too_large',
    within: 1000,
  },
  {
    name: 'callback of 2 MB',
    act: post('/v1/runs/2f1f6e0e-97a2-4f6c-8f3e-6b2a3f4d5e6f/callback', JSON.stringify('x'.repeat(2 ** 21))),
    expected: '413 api.too_large',
    within: 1000,
  },
  {
    name: '50 clients that never finish their headers',
    act: slowHeaders,
    expected: '50 sent away',
    within: 11_000,
  },
];

function post(path: string, text: string): ApiAttack['act'] {
  return async (backend) => {
    const headers = { authorization: backend.authorization, 'content-type': 'application/json' };
    const answer = await fetch(backend.url + path, { method: 'POST', headers, body: text });
    const { error } = (await answer.json()) as { error: { code: string } };
    return `${answer.status} ${error.code}`;
  };
}

async function slowHeaders({ url }: AttackedBackend): Promise<string> {
  const { port } = new URL(url);
  const sentAway = await Promise.all(Array.from({ length: 50 }, () => drippedRequest(Number(port))));
  return `${sentAway.filter(Boolean).length} sent away`;
}

/** Whether the backend ended it. */
function drippedRequest(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ');
    const drops = setInterval(() => socket.write('x'), 500);
    const done = (ended: boolean) => {
      clearInterval(drops);
      clearTimeout(patience);
      socket.destroy();
      resolve(ended);
    };
    const patience = setTimeout(() => done(false), 15_000);
    socket
      .on('error', () => done(true))
      .once('close', () => done(true))
      .resume();
  });
}
