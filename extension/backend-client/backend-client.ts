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
import {
  type CoverageFilter,
  type CoverageQuery,
  type CoverageReply,
  LatencyReply,
} from '#protocol/coverage-api.ts';
import { CoverageTable, readTable } from '#protocol/coverage-table.ts';
import { RunCount, type RunFilter, RunsReply } from '#protocol/history-api.ts';
import {
  CampaignsReply,
  ForgetNumberReply,
  ImportRunReply,
  KeepCampaignRequest,
  PinRequest,
  ReferenceReply,
  ReferenceRequest,
} from '#protocol/history-requests.ts';
import { ProfileCheckReply } from '#protocol/profile-check.ts';
import { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { BackendProblem } from './backend-problem.ts';
import { retryMoment } from './retry-after.ts';
import { asStream, readEvents } from './run-event-stream.ts';

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
  listRuns(filter: RunFilter, cursor: string | null, limit: number): Promise<RunsReply>;
  countRuns(filter: RunFilter): Promise<RunCount>;
  coverage(query: CoverageQuery): Promise<CoverageReply>;
  latency(filter: CoverageFilter): Promise<LatencyReply>;
  importRun(run: Run): Promise<ImportRunReply>;
  referenceOf(profileId: string): Promise<ReferenceReply>;
  setReference(id: string, reference: boolean): Promise<ReferenceRequest>;
  campaigns(): Promise<CampaignsReply>;
  keepCampaign(request: KeepCampaignRequest): Promise<KeepCampaignRequest>;
  deleteRun(id: string): Promise<null>;
  pinRun(id: string, pinned: boolean): Promise<PinRequest>;
  forgetNumber(numberHash: string): Promise<ForgetNumberReply>;
}

/** Milliseconds for an answer. The backend is near; a stream, once begun, may take as long as the legs do. */
const ANSWER_MS = 5000;

/** Milliseconds for an answer that the backend itself has to ask an operator for, who may take its time. */
const OPERATOR_MS = 30_000;

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
    listRuns: (filter, cursor, limit) =>
      call(as(RunsReply), 'GET', asking('/v1/runs', { ...filter, cursor, limit: String(limit) })),
    countRuns: (filter) => call(as(RunCount), 'GET', asking('/v1/runs/count', filter)),
    coverage: async (query) => readTable(await call(as(CoverageTable), 'GET', asking('/v1/coverage', query))),
    latency: (filter) => call(as(LatencyReply), 'GET', asking('/v1/latency', filter)),
    importRun: (run) => call(as(ImportRunReply), 'POST', '/v1/imports', { run }),
    referenceOf: (profileId) =>
      call(as(ReferenceReply), 'GET', `/v1/profiles/${encodeURIComponent(profileId)}/reference`),
    setReference: (id, reference) =>
      call(as(ReferenceRequest), 'POST', `/v1/runs/${id}/reference`, { reference }),
    campaigns: () => call(as(CampaignsReply), 'GET', '/v1/campaigns'),
    keepCampaign: (request) => call(as(KeepCampaignRequest), 'POST', '/v1/campaigns/keep', request),
    deleteRun: (id) => call(asNothing, 'DELETE', `/v1/runs/${id}`),
    pinRun: (id, pinned) => call(as(PinRequest), 'POST', `/v1/runs/${id}/pin`, { pinned }),
    forgetNumber: (numberHash) => call(as(ForgetNumberReply), 'POST', '/v1/numbers/forget', { numberHash }),
  };
}

/** What is null, empty or left out is not asked for. */
function asking(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
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

/** 204: whatever else a 2xx says is not what our backend answers. */
function asNothing({ status }: Response): null {
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
