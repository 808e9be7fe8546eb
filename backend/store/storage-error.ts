/** The store cannot do this now. Nothing was acknowledged, and the same request may be sent again. */
export class StorageError extends Error {
  readonly code: 'api.storage_full' | 'api.storage_unavailable';
  /** For the log, which shows no messages of errors: a code of SQLite, PostgreSQL or the system. */
  readonly reason: string;

  constructor(code: StorageError['code'], message: string, reason: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
    this.reason = reason;
  }
}

/** The store cannot be used at all: the backend says why and does not start. */
export class UnusableStore extends Error {
  readonly code:
    | 'storage.locked'
    | 'storage.corrupt'
    | 'storage.schema_too_new'
    | 'storage.unavailable'
    | 'storage.unsafe';

  constructor(code: UnusableStore['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnusableStore';
    this.code = code;
  }
}

export const storageFull = (cause: unknown) =>
  new StorageError(
    'api.storage_full',
    'The disk of the backend is full. Free some space and try again.',
    reasonOf(cause),
    { cause },
  );

export const storageUnavailable = (cause: unknown) =>
  new StorageError(
    'api.storage_unavailable',
    'The backend cannot reach its store. Try again in a moment; its log says why.',
    reasonOf(cause),
    { cause },
  );

/** The drivers' own sentences, where there is no code, are fixed ones. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if ('errcode' in cause) return `SQLite ${cause.errcode}`;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
