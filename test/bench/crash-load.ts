/** Clients that keep a backend writing, and a ledger of everything it acknowledged to them. */
import { createParser } from 'eventsource-parser';

import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { createRequest } from '../support/bench.ts';
import { callPaired, type Paired, walkLoopback } from '../support/loopback-walker.ts';

/** What a client may rely on: the run, and every event that was streamed to it. */
export interface Acknowledged {
  id: string;
  events: RunEvent[];
}

export interface Load {
  acknowledged: Map<string, Acknowledged>;
  /** Resolves once it is well under way; rejects if it cannot be. */
  underWay: Promise<void>;
  /** After the backend is gone: waits until every client has noticed. */
  over(): Promise<void>;
}

const QUICK_CLIENTS = 14;
const WHOLE_CLIENTS = 2;
/** Runs acknowledged before the load counts as under way: the first ones wait for code to be compiled. */
const WARM = 50;

/** Most clients open a run and cancel it, as fast as they can; some go through a whole verification. */
export function startLoad(backend: Paired): Load {
  const acknowledged = new Map<string, Acknowledged>();
  const underWay = Promise.withResolvers<void>();
  const made = (id: string) => {
    acknowledged.set(id, { id, events: [] });
    if (acknowledged.size >= WARM) underWay.resolve();
  };
  const heard = (id: string) => (event: RunEvent) => acknowledged.get(id)?.events.push(event);
  const quick = async () => {
    const request = createRequest({ scenario: 'match' });
    const { status } = await callPaired(backend, 'POST', '/v1/runs', request);
    if (status !== 201) throw new Error(`creating a run: ${status}`);
    made(request.id);
    const body = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 1 }, failure: null };
    await follow(
      await callPaired(backend, 'POST', `/v1/runs/${request.id}/chain-end`, body),
      heard(request.id),
    );
  };
  const whole = async () => {
    const { id, submission } = await walkLoopback(backend, 'match', made);
    await follow(await callPaired(backend, 'POST', `/v1/runs/${id}/callback`, submission), heard(id));
  };
  const until = async (work: () => Promise<void>): Promise<unknown> => {
    try {
      for (;;) await work();
    } catch (error) {
      return error;
    }
  };
  const clients = [
    ...Array.from({ length: QUICK_CLIENTS }, () => until(quick)),
    ...Array.from({ length: WHOLE_CLIENTS }, () => until(whole)),
  ];
  const all = Promise.all(clients);
  void all.then(([error]) => underWay.reject(error));
  underWay.promise.catch(() => undefined);
  return { acknowledged, underWay: underWay.promise, over: async () => void (await all) };
}

async function follow(response: Response, hear: (event: RunEvent) => void): Promise<void> {
  if (response.status !== 200 || !response.body) throw new Error(`following a run: ${response.status}`);
  const parser = createParser({ onEvent: ({ data }) => hear(JSON.parse(data)) });
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
}

/** What of the acknowledged is missing now. Empty when nothing is. */
export async function missing(backend: Paired, { id, events }: Acknowledged): Promise<string[]> {
  const response = await callPaired(backend, 'GET', `/v1/runs/${id}`);
  if (response.status !== 200) return [`run ${id}: ${response.status}`];
  const run = (await response.json()) as Run;
  const lost = events.filter(
    (event) => !run.events.some((one) => one.sequence === event.sequence && one.type === event.type),
  );
  const end = events.find((event) => event.type === 'ended');
  return [
    ...lost.map(({ sequence, type }) => `run ${id}: event ${sequence} (${type})`),
    ...(end?.type === 'ended' && run.verdict !== end.verdict
      ? [`run ${id}: ${end.verdict} became ${run.verdict}`]
      : []),
  ];
}
