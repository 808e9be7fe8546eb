import { createParser } from 'eventsource-parser';

import {
  ApiError,
  type ApiErrorCode,
  type CallbackRequest,
  type ChainEndRequest,
  CreateRunReply,
  type CreateRunRequest,
  type HashDoctorRequest,
  ProfilesReply,
} from '#protocol/backend-api.ts';
import { ProfileCheckReply } from '#protocol/profile-check.ts';
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
  askHashDoctor(id: string, request: HashDoctorRequest): Promise<Run>;
  checkProfile(id: string): Promise<ProfileCheckReply>;
}

/** Milliseconds for an answer. The backend is near; a stream, once begun, may take as long as the legs do. */
const ANSWER_MS = 5000;

/** Milliseconds for an answer that the backend itself has to ask an operator for, who may take its time. */
const OPERATOR_MS = 30_000;

/** Milliseconds of silence after which a stream is lost: the backend says something at least every ten seconds. */
const SILENCE_MS = 30_000;

export function createBackendClient({ url, key }: BackendAddress): BackendClient {
  const call = async <T>(
    read: (response: Response) => T | Promise<T>,
    method: string,
    path: string,
    body: unknown = null,
    answerMs = ANSWER_MS,
  ): Promise<T> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), answerMs);
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
      return await read(response);
    } catch (error) {
      if (error instanceof BackendProblem) throw error;
      throw new BackendProblem('backend_unreachable', null);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    profiles: () => call(as(ProfilesReply), 'GET', '/v1/profiles'),
    createRun: (request) => call(as(CreateRunReply), 'POST', '/v1/runs', request),
    readRun: (id) => call(as(Run), 'GET', `/v1/runs/${id}`),
    async *postCallback(id, request) {
      yield* readEvents(await call(asStream, 'POST', `/v1/runs/${id}/callback`, request));
    },
    async *postChainEnd(id, request) {
      yield* readEvents(await call(asStream, 'POST', `/v1/runs/${id}/chain-end`, request));
    },
    askHashDoctor: (id, request) => call(as(Run), 'POST', `/v1/runs/${id}/hash-doctor`, request, OPERATOR_MS),
    checkProfile: (id) =>
      call(as(ProfileCheckReply), 'POST', `/v1/profiles/${encodeURIComponent(id)}/check`, null, OPERATOR_MS),
  };
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

function as<T>(schema: Schema<T>): (response: Response) => Promise<T> {
  return async (response) => {
    const parsed = schema.safeParse(await readJson(response));
    if (!parsed.success) throw new BackendProblem('backend_not_ours', null);
    return parsed.data;
  };
}

/** The backend's own words for a refusal; anything else that is no 2xx is not our backend. */
async function refusal(response: Response): Promise<BackendProblem> {
  const parsed = ApiError.safeParse(await readJson(response));
  if (!parsed.success) return new BackendProblem('backend_not_ours', `status ${response.status}`);
  const { code, message } = parsed.data.error;
  const ours = OWN_SENTENCE[code];
  return ours ? new BackendProblem(ours, message) : new BackendProblem('backend_error', message, code);
}

/** The refusals that a person can do something about of their own. */
const OWN_SENTENCE: Partial<Record<ApiErrorCode, BackendProblem['code']>> = {
  'api.unauthorized': 'backend_refused_key',
  'api.unknown_profile': 'unknown_profile',
  'api.hash_doctor_refused': 'hash_doctor_refused',
  'api.rate_limited': 'rate_limited',
};

/** Null where it is no JSON. A body that breaks off or is late rejects. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asStream({ body, headers }: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (body && headers.get('content-type')?.startsWith('text/event-stream')) return body;
  throw new BackendProblem('backend_not_ours', null);
}

/** The events of a stream in order, to the run's end. A stream that ends before or falls silent is `backend_unreachable`; one that is none, `backend_not_ours`. */
async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<RunEvent> {
  const arrived: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => arrived.push(data) });
  // Not piped through a decoder: a pipe that breaks drops what it still holds, the acknowledgement perhaps.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await soon(reader.read());
      if (done) throw new BackendProblem('backend_unreachable', null);
      parser.feed(decoder.decode(value, { stream: true }));
      // One by one: what came before something unreadable has come.
      for (const data of arrived.splice(0)) {
        const event = readEvent(data);
        yield event;
        if (event.type === 'ended') return;
      }
    }
  } catch (error) {
    if (error instanceof BackendProblem) throw error;
    throw new BackendProblem('backend_unreachable', null);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readEvent(data: string): RunEvent {
  try {
    return RunEvent.parse(JSON.parse(data));
  } catch {
    throw new BackendProblem('backend_not_ours', null);
  }
}

async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BackendProblem('backend_unreachable', null)), SILENCE_MS);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
