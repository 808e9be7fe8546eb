import { createParser } from 'eventsource-parser';

import {
  ApiError,
  type CallbackRequest,
  type ChainEndRequest,
  CreateRunReply,
  type CreateRunRequest,
  ProfilesReply,
} from '#protocol/backend-api.ts';
import { Run } from '#protocol/run.ts';
import { RunEvent } from '#protocol/run-events.ts';

import { BackendProblem } from './backend-problem.ts';

/** Where the backend is and what it is asked with. */
export interface BackendAddress {
  url: string;
  key: string;
}

/** Typed calls to the backend. Every reply is parsed; whatever is wrong with one is a `BackendProblem`. */
export interface BackendClient {
  profiles(): Promise<ProfilesReply>;
  createRun(request: CreateRunRequest): Promise<CreateRunReply>;
  readRun(id: string): Promise<Run>;
  postCallback(id: string, request: CallbackRequest): AsyncGenerator<RunEvent>;
  postChainEnd(id: string, request: ChainEndRequest): AsyncGenerator<RunEvent>;
}

/** Milliseconds for an answer to begin. The backend is near; a stream, once begun, may take as long as the legs do. */
const ANSWER_MS = 5000;

export function createBackendClient({ url, key }: BackendAddress): BackendClient {
  const call = async (method: string, path: string, body: unknown = null): Promise<Response> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ANSWER_MS);
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        body: body === null ? null : JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: late.signal,
      });
      if (!response.ok) throw await refusal(response);
      return response;
    } catch (error) {
      if (error instanceof BackendProblem) throw error;
      throw new BackendProblem('backend_unreachable', null);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    profiles: async () => parse(ProfilesReply, await call('GET', '/v1/profiles')),
    createRun: async (request) => parse(CreateRunReply, await call('POST', '/v1/runs', request)),
    readRun: async (id) => parse(Run, await call('GET', `/v1/runs/${id}`)),
    async *postCallback(id, request) {
      yield* readEvents(await call('POST', `/v1/runs/${id}/callback`, request));
    },
    async *postChainEnd(id, request) {
      yield* readEvents(await call('POST', `/v1/runs/${id}/chain-end`, request));
    },
  };
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

async function parse<T>(schema: Schema<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new BackendProblem('backend_not_ours', null);
  return parsed.data;
}

/** The backend's own words for a refusal; anything else that is no 2xx is not our backend. */
async function refusal(response: Response): Promise<BackendProblem> {
  const parsed = ApiError.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new BackendProblem('backend_not_ours', `status ${response.status}`);
  const { code, message } = parsed.data.error;
  if (code === 'api.unauthorized') return new BackendProblem('backend_refused_key', message);
  if (code === 'api.unknown_profile') return new BackendProblem('unknown_profile', message);
  return new BackendProblem('backend_error', message, code);
}

/** The events of a stream in order. A stream that breaks off is `backend_unreachable`; one that is none, `backend_not_ours`. */
async function* readEvents(response: Response): AsyncGenerator<RunEvent> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new BackendProblem('backend_not_ours', null);
  }
  const arrived: RunEvent[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = RunEvent.safeParse(JSON.parse(data));
      if (!event.success) throw new BackendProblem('backend_not_ours', null);
      arrived.push(event.data);
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(value);
      yield* arrived.splice(0);
    }
  } catch (error) {
    if (error instanceof BackendProblem) throw error;
    throw new BackendProblem(error instanceof SyntaxError ? 'backend_not_ours' : 'backend_unreachable', null);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
