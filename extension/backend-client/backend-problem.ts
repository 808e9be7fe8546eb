import type { ApiErrorCode } from '#protocol/backend-api.ts';

type Code =
  | 'backend_unreachable'
  | 'backend_not_ours'
  | 'backend_refused_key'
  | 'key_forbids'
  | 'pairing_invalid'
  | 'handoff_refused'
  | 'backend_error'
  | 'backend_storage_away'
  | 'backend_busy'
  | 'unknown_profile'
  | 'hash_doctor_refused'
  | 'rate_limited'
  | 'budget_spent';

/** What is over without anybody changing the request: a run that waits to be handed over tries again. */
const PASSING: readonly string[] = [
  'backend_unreachable',
  'backend_storage_away',
  'backend_busy',
  'rate_limited',
];

export function isPassing({ code }: { code: string }): boolean {
  return PASSING.includes(code);
}

/** Why the backend gave no usable answer. */
export class BackendProblem extends Error {
  readonly code: Code;
  /** What the backend said, as text. */
  readonly detail: string | null;
  readonly apiCode: ApiErrorCode | null;
  /** From when on the backend says that asking again makes sense (UTC ms). */
  readonly until: number | null;

  constructor(
    code: Code,
    detail: string | null,
    apiCode: ApiErrorCode | null = null,
    until: number | null = null,
  ) {
    super(code);
    this.name = 'BackendProblem';
    this.code = code;
    this.detail = detail;
    this.apiCode = apiCode;
    this.until = until;
  }

  /** As a page is told of it. */
  told(): { code: Code; detail: string | null; until?: number } {
    const { code, detail, until } = this;
    return { code, detail, ...(until === null ? {} : { until }) };
  }
}
