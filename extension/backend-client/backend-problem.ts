import type { ApiErrorCode } from '#protocol/backend-api.ts';

/** Why the backend gave no usable answer. */
export class BackendProblem extends Error {
  readonly code:
    | 'backend_unreachable'
    | 'backend_not_ours'
    | 'backend_refused_key'
    | 'backend_error'
    | 'unknown_profile'
    | 'hash_doctor_refused'
    | 'rate_limited';
  /** What the backend said, as text. */
  readonly detail: string | null;
  readonly apiCode: ApiErrorCode | null;

  constructor(code: BackendProblem['code'], detail: string | null, apiCode: ApiErrorCode | null = null) {
    super(code);
    this.name = 'BackendProblem';
    this.code = code;
    this.detail = detail;
    this.apiCode = apiCode;
  }
}
