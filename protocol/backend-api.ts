import * as z from 'zod/mini';
import { CleanStart } from './clean-start.ts';
import { Failure } from './failure.ts';
import { ChainEnd, Hop } from './hop.ts';
import { HashForm, Profile } from './profile.ts';
import { Conditions, Expectation, MaskedNumber, Run } from './run.ts';

/** POST /v1/runs. The id is made by the caller, so that asking twice makes one run. */
export const CreateRunRequest = z.strictObject({
  id: z.uuid().check(z.lowercase()),
  profileId: z.string(),
  scenario: z.nullable(z.string().check(z.maxLength(64))),
  capture: z.enum(['fetch', 'tab', 'handoff']),
  startedAt: z.int(),
  utcOffsetMinutes: z.int().check(z.minimum(-840), z.maximum(840)),
  localDay: z.iso.date(),
  number: z.nullable(MaskedNumber),
  conditions: Conditions,
  expectation: Expectation,
  cleanStart: z.optional(CleanStart),
});
export type CreateRunRequest = z.infer<typeof CreateRunRequest>;

/** The only reply that carries state and nonce in clear, inside the URL the browser is to walk. */
export const CreateRunReply = z.object({ run: Run, authorizeUrl: z.string() });
export type CreateRunReply = z.infer<typeof CreateRunReply>;

/** SHA-256 of the number, lower-case hex. */
const NumberHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const chain = { hops: z.array(Hop).check(z.maxLength(40)), chainEnd: ChainEnd };

/** POST /v1/runs/:id/callback. `callbackUrl` is the redirect to redirect_uri as the operator sent it. */
export const CallbackRequest = z.strictObject({
  ...chain,
  callbackUrl: z.string().check(z.maxLength(65_536)),
  numberHash: NumberHash,
});
export type CallbackRequest = z.infer<typeof CallbackRequest>;

/** POST /v1/runs/:id/chain-end: leg 1 ended without a callback. A failure, or a run cut short. */
export const ChainEndRequest = z.strictObject({
  ...chain,
  failure: z.nullable(Failure),
  /** By which the run can be made to forget its number. Left out where the number is not known any more. */
  numberHash: z.optional(NumberHash),
});
export type ChainEndRequest = z.infer<typeof ChainEndRequest>;

/** POST /v1/runs/:id/hash-doctor, answered with the run. Once a run, and only while its access token is kept. */
export const HashDoctorRequest = z.strictObject({
  form: HashForm,
  /** Of the number in that form. */
  numberHash: NumberHash,
});
export type HashDoctorRequest = z.infer<typeof HashDoctorRequest>;

export const ProfilesReply = z.object({
  profiles: z.array(Profile),
  /** The backend's own callback page: a profile whose redirect_uri it is can be handed to a phone. */
  callbackUrl: z.optional(z.nullable(z.string())),
});
export type ProfilesReply = z.infer<typeof ProfilesReply>;

export const ApiErrorCode = z.enum([
  'api.bad_request',
  'api.unauthorized',
  'api.forbidden_origin',
  'api.forbidden_host',
  'api.forbidden',
  'api.pairing_invalid',
  'api.not_found',
  'api.unknown_profile',
  'api.unknown_scenario',
  'api.too_large',
  'api.unsupported_media_type',
  'api.idempotency_conflict',
  'api.run_already_ended',
  'api.run_in_flight',
  'api.hash_doctor_refused',
  'api.handoff_refused',
  'api.rate_limited',
  'api.budget_spent',
  'api.timeout',
  'api.storage_full',
  'api.storage_unavailable',
  'api.overloaded',
  'api.shutting_down',
  'api.internal',
]);
export type ApiErrorCode = z.infer<typeof ApiErrorCode>;

/** Every refusal of the backend: a stable name, a sentence that says what to do, an id to find it in the log. */
export const ApiError = z.object({
  error: z.object({ code: ApiErrorCode, message: z.string(), requestId: z.string() }),
});
export type ApiError = z.infer<typeof ApiError>;
