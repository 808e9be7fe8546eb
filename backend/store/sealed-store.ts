/**
 * Bytes that someone else has sealed, for a short while. The store cannot read them, so that one for several processes
 * is trusted with no more than this one.
 */
export interface SealedStore {
  /** Until `expiresAt` (UTC ms) at the longest. */
  put(id: string, sealed: Buffer, expiresAt: number): Promise<void>;
  /** The bytes, which stay. Null once they have expired. */
  read(id: string): Promise<Buffer | null>;
  /** Hands the bytes out and forgets them, so that one caller has them. Null once they have expired. */
  take(id: string): Promise<Buffer | null>;
}
