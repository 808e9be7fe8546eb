import { ApiError, type ApiErrorCode } from '#protocol/backend-api.ts';

import { BackendProblem } from './backend-problem.ts';
import { retryMoment } from './retry-after.ts';

/** Where the backend is and what it is asked with. */
export interface BackendAddress {
  url: string;
  key: string;
}

/** Milliseconds for an answer. The backend is near; a stream, once begun, may take as long as the legs do. */
const ANSWER_MS = 5000;

/** One request to the backend, and what `read` makes of its answer. */
export type Call = <T>(
  read: (response: Response) => T | Promise<T>,
  method: string,
  path: string,
  body?: unknown,
  answerMs?: number,
) => Promise<T>;

/** Calls with this key, or with none where `key` is null. Whatever goes wrong is a `BackendProblem`. */
export function createCall({ url, key }: { url: string; key: string | null }): Call {
  return async (read, method, path, body = null, answerMs = ANSWER_MS) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), answerMs);
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
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
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** A body of JSON that has this form. */
export function as<T>(schema: Schema<T>): (response: Response) => Promise<T> {
  return async (response) => {
    const parsed = schema.safeParse(await readJson(response));
    if (!parsed.success) throw new BackendProblem('backend_not_ours', null);
    return parsed.data;
  };
}

/** 204: whatever else a 2xx says is not what our backend answers. */
export function asNothing({ status }: Response): null {
  if (status === 204) return null;
  throw new BackendProblem('backend_not_ours', `status ${status}`);
}

/** The backend's own words for a refusal; anything else that is no 2xx is not our backend. */
async function refusal(response: Response): Promise<BackendProblem> {
  const parsed = ApiError.safeParse(await readJson(response));
  if (!parsed.success) return new BackendProblem('backend_not_ours', `status ${response.status}`);
  const { code, message } = parsed.data.error;
  const until = retryMoment(response.headers.get('retry-after'), Date.now());
  return new BackendProblem(OWN_SENTENCE[code] ?? 'backend_error', message, code, until);
}

/** The refusals that a person can do something about of their own. */
const OWN_SENTENCE: Partial<Record<ApiErrorCode, BackendProblem['code']>> = {
  'api.unauthorized': 'backend_refused_key',
  'api.forbidden': 'key_forbids',
  'api.pairing_invalid': 'pairing_invalid',
  'api.handoff_refused': 'handoff_refused',
  'api.unknown_profile': 'unknown_profile',
  'api.hash_doctor_refused': 'hash_doctor_refused',
  'api.rate_limited': 'rate_limited',
  'api.budget_spent': 'budget_spent',
  'api.storage_unavailable': 'backend_storage_away',
  'api.overloaded': 'backend_busy',
  'api.shutting_down': 'backend_busy',
  'api.timeout': 'backend_busy',
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
