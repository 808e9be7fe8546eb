import type { CoverageReads } from '../database/coverage-reads.ts';
import type { RunImports } from '../database/run-imports.ts';
import type { RunReads } from '../database/run-reads.ts';
import type { RunUpkeep } from '../database/run-upkeep.ts';
import type { RunWrites, Writer } from '../database/run-writes.ts';
import { StorageError, UnusableStore } from '../storage-error.ts';
import { storageFaultOf } from './sqlite-faults.ts';

export interface WorkerSettings extends Omit<Writer, 'seen'> {
  role: 'writer' | 'reader';
  folder: string;
  /** Pages the file may have; tests make a full disk of it. */
  maxPages: number | null;
}

interface ThreadTools {
  /** The first call: rejects with `UnusableStore`. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Empties the write-ahead log, where deleted data would stay for a while; the writer's. */
  emptyLog(): Promise<void>;
}

export type WorkerCalls = RunReads & CoverageReads & RunWrites & RunImports & RunUpkeep & ThreadTools;

export interface Call {
  id: number;
  method: keyof WorkerCalls;
  args: unknown[];
}

export type Answer = { id: number; value: unknown } | { id: number; fault: Fault };

/** An error as it crosses between threads. */
export interface Fault {
  kind: 'storage' | 'unusable' | 'bug';
  code: string;
  message: string;
  reason: string;
  detail: string;
}

export function faultOf(error: unknown): Fault {
  const known = error instanceof UnusableStore ? error : storageFaultOf(error);
  const cause = known?.cause ?? error;
  return {
    kind: error instanceof UnusableStore ? 'unusable' : known ? 'storage' : 'bug',
    code: known?.code ?? '',
    message: known?.message ?? (error instanceof Error ? error.message : String(error)),
    reason: known instanceof StorageError ? known.reason : '',
    detail: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  };
}

export function errorOf({ kind, code, message, reason, detail }: Fault): Error {
  const options = { cause: detail };
  if (kind === 'storage') return new StorageError(code as StorageError['code'], message, reason, options);
  if (kind === 'unusable') return new UnusableStore(code as UnusableStore['code'], message, options);
  return new Error(message, options);
}
