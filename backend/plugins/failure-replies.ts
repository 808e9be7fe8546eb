import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

import type { ApiError, ApiErrorCode } from '#protocol/backend-api.ts';

import { sendRefusedPage } from '../pages/refused-page.ts';
import { StorageError } from '../store/storage-error.ts';

const STATUS: Record<ApiErrorCode, number> = {
  'api.bad_request': 400,
  'api.unauthorized': 401,
  'api.forbidden_origin': 403,
  'api.forbidden_host': 403,
  'api.forbidden': 403,
  'api.pairing_invalid': 404,
  'api.not_found': 404,
  'api.unknown_profile': 404,
  'api.unknown_scenario': 404,
  'api.idempotency_conflict': 409,
  'api.run_already_ended': 409,
  'api.run_in_flight': 409,
  'api.hash_doctor_refused': 409,
  'api.handoff_refused': 409,
  'api.rate_limited': 429,
  'api.budget_spent': 429,
  'api.timeout': 408,
  'api.too_large': 413,
  'api.unsupported_media_type': 415,
  'api.storage_full': 507,
  'api.storage_unavailable': 503,
  'api.overloaded': 503,
  'api.shutting_down': 503,
  'api.internal': 500,
};

/** Seconds after which the same request is worth another try, where that is no secret of the moment. */
const RETRY_AFTER_S: Partial<Record<ApiErrorCode, number>> = {
  'api.storage_full': 60,
  'api.storage_unavailable': 1,
  'api.overloaded': 5,
  'api.shutting_down': 2,
};

/** A refusal on purpose: a stable code and a sentence that says what to do. */
export class Refusal extends Error {
  readonly code: ApiErrorCode;
  /** Seconds after which the same may be asked again, where that is known. */
  readonly retryAfter: number | null;

  constructor(code: ApiErrorCode, message: string, retryAfter: number | null = null) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Fastify's own refusals, in our words. */
const FASTIFY_CODES: Record<string, ApiErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'api.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'api.unsupported_media_type',
};

/** The one place where an error becomes an answer. What is ours and unforeseen stays in the log, under the request id. */
export function addFailureReplies(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    reply.status(404).send(body('api.not_found', `Nothing answers ${request.method} here.`, request.id));
  });

  app.setErrorHandler(answerFailure);
}

/** Also for what Fastify refuses before any route is looked for, such as a URL that cannot be decoded. */
export function answerFailure(
  error: Error & { code?: string; statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) {
    if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter);
    return refuse(request, reply, error.code, error.message);
  }
  if (error instanceof StorageError) {
    request.log.error({ err: error, reason: error.reason }, 'the store refused');
    return refuse(request, reply, error.code, error.message);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const where = first?.instancePath ? ` at ${first.instancePath}` : '';
    const message = `The request does not have the expected form${where}: ${first?.message ?? 'unknown'}.`;
    return refuse(request, reply, 'api.bad_request', message);
  }
  const status = error.statusCode ?? 500;
  if (status < 500) {
    const code = FASTIFY_CODES[error.code ?? ''] ?? 'api.bad_request';
    return refuse(request, reply, code, SENTENCES[code] ?? 'The request is not valid.');
  }
  request.log.error({ err: error }, 'unforeseen error');
  const message = 'The backend failed. Its log has the details under this request id.';
  return refuse(request, reply, 'api.internal', message);
}

/** What a browser of a person asked for is a page; all others read the code. */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ApiErrorCode,
  message: string,
): FastifyReply {
  const seconds = RETRY_AFTER_S[code];
  if (seconds !== undefined) reply.header('retry-after', seconds);
  const status = STATUS[code];
  if (request.routeOptions.config?.isPage) return sendRefusedPage(reply, status, request.id);
  return reply.status(status).send(body(code, message, request.id));
}

const SENTENCES: Partial<Record<ApiErrorCode, string>> = {
  'api.bad_request': 'The request could not be read. Send valid JSON.',
  'api.too_large': 'The request is too large.',
  'api.unsupported_media_type': 'Send application/json.',
};

function body(code: ApiErrorCode, message: string, requestId: string): ApiError {
  return { error: { code, message, requestId } };
}
