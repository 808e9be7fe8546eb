import type { SealedStore } from '../sealed-store.ts';

/** What a key may do: see runs; make runs of its own; everything. */
export const SCOPES = ['read', 'run', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** An access key as it is kept: never the key itself. Times are UTC milliseconds. */
export interface AccessKey {
  id: string;
  /** The person or device the runs belong to: keys come and go, owners stay. */
  ownerId: string;
  label: string;
  scope: Scope;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
  lastUsedAt: number | null;
}

/** A key on its way to an extension, sealed under the code that fetches it. */
export interface Pairing {
  codeDigest: string;
  sealedKey: string;
  expiresAt: number;
}

/** A run that a phone without the extension is to walk. */
export interface Handoff {
  runId: string;
  /** Of the link, and of the cookie that the phone got as it opened the link. */
  linkDigest: string;
  browserDigest: string | null;
  /** Whether its callback has come. */
  ended: boolean;
  expiresAt: number;
}

/** What the door has to know and runs do not: keys, what waits for minutes, and counts. */
export interface DoorStore {
  addKey(key: AccessKey, digest: string): Promise<void>;
  /** Also one that has expired or was revoked: the caller says so. */
  keyOf(digest: string): Promise<AccessKey | null>;
  /** The newest first. */
  keys(): Promise<AccessKey[]>;
  /** False if there is no such key, or if it was revoked before. */
  revokeKey(id: string, at: number): Promise<boolean>;
  /** For a key that another one takes the place of. */
  endKeyAt(id: string, at: number): Promise<void>;
  noteUse(id: string, at: number): Promise<void>;

  addPairing(pairing: Pairing): Promise<void>;
  /** The sealed key, to one caller; null for a code that is used, unknown or too old. */
  takePairing(codeDigest: string, now: number): Promise<string | null>;

  /** False if the run has one. */
  addHandoff(handoff: Omit<Handoff, 'browserDigest' | 'ended'>): Promise<boolean>;
  /** Without opening it: a link is looked at by more than people. */
  handoffAt(linkDigest: string, now: number): Promise<Handoff | null>;
  /** The run, to the first who opens the link in time; it belongs to that browser from then on, which may repeat it. */
  openHandoff(linkDigest: string, browserDigest: string, now: number): Promise<string | null>;
  /** The one that this browser opened, also if it has ended or run out: a browser opens one. */
  handoffOf(browserDigest: string): Promise<Handoff | null>;
  endHandoff(runId: string): Promise<void>;

  /** Bytes that wait for minutes, for every instance. */
  sealed: SealedStore;

  /** Counts calls to an operator before they are made; returns how many of them may be, so that no day has more than `limit`. */
  takeCalls(profileId: string, day: string, wanted: number, limit: number): Promise<number>;
  callsMade(profileId: string, day: string): Promise<number>;
  /** Adds to counters that all instances share, and returns what each has come to. */
  addHits(hits: readonly { key: string; hits: number; endsAt: number }[]): Promise<Map<string, number>>;

  /** Keeps `value` under this name, unless there is one; returns the one that is there. */
  agreeOn(name: string, value: string): Promise<string>;

  /** Removes what has run out before `now`. */
  clear(now: number): Promise<void>;
  /** Rejects with a `StorageError` where it does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
