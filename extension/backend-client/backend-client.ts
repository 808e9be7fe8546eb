import {
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
import { HandoffReply, type HandoffRequest } from '#protocol/handoff.ts';
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
import { AccessReply, UnpairReply } from '#protocol/pairing.ts';
import { ProfileCheckReply } from '#protocol/profile-check.ts';
import { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { as, asNothing, type BackendAddress, createCall } from './backend-call.ts';
import { asStream, readEvents } from './run-event-stream.ts';

/** Typed calls to the backend. Every reply is parsed; whatever is wrong with one is a `BackendProblem`. */
export interface BackendClient {
  /** What this key may do. */
  access(): Promise<AccessReply>;
  /** Gives the key back: it opens nothing any more. */
  unpair(): Promise<UnpairReply>;
  profiles(): Promise<ProfilesReply>;
  createRun(request: CreateRunRequest): Promise<CreateRunReply>;
  readRun(id: string): Promise<Run>;
  /** The same for a file of many, which the backend counts apart. */
  readRunForFile(id: string): Promise<Run>;
  /** Every event of the run from its first, whoever walks it. */
  followRun(id: string): AsyncGenerator<RunEvent>;
  /** The link by which a phone walks this run. Asked again it is the same one. */
  offerHandoff(id: string, request: HandoffRequest): Promise<HandoffReply>;
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

/** Milliseconds for an answer that the backend itself has to ask an operator for, who may take its time. */
const OPERATOR_MS = 30_000;

export function createBackendClient(address: BackendAddress): BackendClient {
  const call = createCall(address);
  return {
    access: () => call(as(AccessReply), 'GET', '/v1/access-key'),
    unpair: () => call(as(UnpairReply), 'DELETE', '/v1/access-key'),
    profiles: () => call(as(ProfilesReply), 'GET', '/v1/profiles'),
    createRun: (request) => call(as(CreateRunReply), 'POST', '/v1/runs', request),
    readRun: (id) => call(as(Run), 'GET', `/v1/runs/${id}`),
    readRunForFile: (id) => call(as(Run), 'GET', `/v1/runs/${id}?for=file`),
    async *followRun(id) {
      yield* readEvents(await call(asStream, 'GET', `/v1/runs/${id}/events`));
    },
    offerHandoff: (id, request) => call(as(HandoffReply), 'POST', `/v1/runs/${id}/handoff`, request),
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
