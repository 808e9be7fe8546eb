/** Does what the extension does, from Node: opens a run, walks the simulated operator's chain, hands leg 1 over. */
import { createHash } from 'node:crypto';
import { createParser } from 'eventsource-parser';

import { type CallbackRequest, CreateRunReply, type CreateRunRequest } from '#protocol/backend-api.ts';
import type { Hop } from '#protocol/hop.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactUrl } from '#protocol/redact.ts';
import { Run } from '#protocol/run.ts';
import { RunEvent } from '#protocol/run-events.ts';

import { beginHop, foldTraffic, readHop } from '../../extension/walker/assemble-hop.ts';
import { type Answered, openBrowser, walk } from '../backend/simulator/operator-client.ts';
import { type Bench, call, createRequest } from './bench.ts';

export interface Walked {
  created: CreateRunReply;
  submission: CallbackRequest;
}

/** Opens a run of a scenario and walks its chain up to redirect_uri. */
export async function walkScenario(
  bench: Bench,
  scenario: string,
  change: Partial<CreateRunRequest> = {},
): Promise<Walked> {
  const created = await createRun(bench, createRequest({ scenario, ...change }));
  const browser = openBrowser(bench.operator);
  const { hops, callback } = await walk(bench.operator, browser, created.authorizeUrl);
  await browser.close();
  if (!callback) throw new Error(`${scenario} does not lead to redirect_uri`);
  const pseudonyms = createPseudonyms();
  return {
    created,
    submission: {
      hops: hops.map((hop, at) => readAnswered(hop, at, created, pseudonyms)),
      chainEnd: { kind: 'callback', url: redactUrl(callback.href, pseudonyms), atMs: 250 },
      callbackUrl: callback.href,
      numberHash: hashOf(numberOf(bench, scenario)),
    },
  };
}

export async function createRun(bench: Bench, request: CreateRunRequest): Promise<CreateRunReply> {
  return CreateRunReply.parse(await (await call(bench, 'POST', '/v1/runs', request)).json());
}

export function numberOf({ operator }: Bench, scenario: string): string {
  return operator.scenarios.find(({ name }) => name === scenario)?.number ?? '';
}

export function hashOf(number: string): string {
  return createHash('sha256').update(number).digest('hex');
}

function readAnswered(
  { url, status, headers }: Answered,
  at: number,
  { run }: CreateRunReply,
  pseudonyms: ReturnType<typeof createPseudonyms>,
): Hop {
  const received = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => ({ name, value: one })),
  );
  const facts = foldTraffic(beginHop(url), { kind: 'answered', status, headers: received });
  const times = { index: at + 1, startedAtMs: at * 20, durationMs: 15 };
  return readHop({ ...facts, ip: '127.0.0.1' }, times, null, run.profile.hosts, pseudonyms);
}

/** Hands leg 1 over and reads the events of the answer to the end; `text` is what came over the wire. */
export async function submit(
  bench: Pick<Bench, 'url'>,
  id: string,
  submission: unknown,
  end: 'callback' | 'chain-end' = 'callback',
): Promise<{ events: RunEvent[]; ids: string[]; text: string }> {
  const response = await call(bench, 'POST', `/v1/runs/${id}/${end}`, submission);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return { ...readEvents(text), text };
}

export function readEvents(text: string): { events: RunEvent[]; ids: string[] } {
  const events: RunEvent[] = [];
  const ids: string[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      const parsed = RunEvent.parse(JSON.parse(data));
      if (event !== parsed.type) throw new Error(`${event} carries ${parsed.type}`);
      ids.push(id ?? '');
      events.push(parsed);
    },
  });
  parser.feed(text);
  return { events, ids };
}

export async function readRun(bench: Pick<Bench, 'url'>, id: string): Promise<Run> {
  return Run.parse(await (await call(bench, 'GET', `/v1/runs/${id}`)).json());
}

/** A whole run of a scenario; returns the record. */
export async function playScenario(
  bench: Bench,
  scenario: string,
  change: Partial<CreateRunRequest> = {},
): Promise<Run> {
  const { created, submission } = await walkScenario(bench, scenario, change);
  await submit(bench, created.run.id, submission);
  return readRun(bench, created.run.id);
}
