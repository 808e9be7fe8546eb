import browser from 'webextension-polyfill';

import { createBackendClient } from '../backend-client/backend-client.ts';
import { readPairingLine } from '../backend-client/pairing-line.ts';
import { stopListeningToTraffic } from '../walker/hop-traffic.ts';
import { askHashDoctor } from './ask-hash-doctor.ts';
import type { Message, ProblemCode, Reply, ReplyValues } from './messages.ts';
import { clearPendingRun } from './pending-run.ts';
import { type OpenedRun, openRun, runFlow } from './run-flow.ts';
import { clearSavedRun, readSavedRun } from './saved-run.ts';
import { readSettings, writeSettings } from './settings.ts';

type Answer<T extends Message['type']> = Reply<ReplyValues[T]>;

export interface Handlers {
  on: { [T in Message['type']]: (message: Extract<Message, { type: T }>) => Promise<Answer<T>> };
  /** Something was granted: a waiting run should look again. */
  permissionSign(): void;
  /** Does `work` if nothing is being done already, with the worker kept awake. */
  carryOn(work: (dropped: AbortSignal) => Promise<void>): Promise<void>;
  isIdle(): boolean;
}

/** Milliseconds between API calls that keep the worker alive while something is under way (docs/facts.md). */
const HEARTBEAT_MS = 10_000;

/** One run at a time, and what may be asked about it. */
export function openHandlers(): Handlers {
  let busy: Promise<void> | null = null;
  let opening: Promise<OpenedRun> | null = null;
  let cancel = new AbortController();
  let drop = new AbortController();
  const signs: (() => void)[] = [];

  const permissionSign = () => {
    for (const seen of signs.splice(0)) seen();
  };
  const carryOn = (work: (dropped: AbortSignal) => Promise<void>): Promise<void> => {
    if (busy) return busy;
    drop = new AbortController();
    busy = keepAwake(work(drop.signal)).finally(() => {
      busy = null;
    });
    return busy;
  };

  return {
    permissionSign,
    carryOn,
    isIdle: () => busy === null,
    on: {
      async pair({ line }) {
        const address = readPairingLine(line);
        if (!address) return refuse('pairing_line_invalid');
        const { protocol, hostname } = new URL(address.url);
        if (!(await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }))) {
          return refuse('host_permission_missing');
        }
        const { profiles } = await createBackendClient(address).profiles();
        await writeSettings({ backend: address });
        return { ok: true, value: { profiles } };
      },
      async unpair() {
        await writeSettings({ backend: null });
        return done();
      },
      async profiles() {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        return { ok: true, value: await createBackendClient(backend).profiles() };
      },
      async start(start) {
        const lastRun = busy;
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        if (opening || (await isOpen())) return refuse('run_active');
        // A run whose end is on show may still be tidying up; one that began since this was asked is another's.
        await lastRun;
        if (opening || busy) return refuse('run_active');
        const { signal } = renewCancel();
        opening = openRun(start, backend).finally(() => {
          opening = null;
        });
        const opened = opening;
        void carryOn((dropped) => follow(opened, start.number, signal, dropped));
        const { saved } = await opened;
        await writeSettings({ lastForm: { profileId: start.profileId, scenario: start.scenario } });
        return { ok: true, value: { runId: saved.run.id } };
      },
      async cancel() {
        cancel.abort();
        permissionSign();
        return done();
      },
      async resume() {
        permissionSign();
        return done();
      },
      async dismiss() {
        const saved = await readSavedRun();
        if (saved && saved.stage !== 'done' && saved.notSaved === null) return refuse('run_active');
        drop.abort();
        await clearPendingRun();
        await clearSavedRun();
        return done();
      },
      async hash_doctor({ runId, number }) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        const refused = await keepAwake(askHashDoctor(runId, number, createBackendClient(backend)));
        return refused ? refuse(refused) : done();
      },
      async check_profile({ profileId }) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        return { ok: true, value: await keepAwake(createBackendClient(backend).checkProfile(profileId)) };
      },
    },
  };

  function renewCancel(): AbortController {
    cancel = new AbortController();
    return cancel;
  }

  /** The run from the moment it is opened to its end; one that could not be opened leaves nothing behind. */
  async function follow(
    opened: Promise<OpenedRun>,
    number: string,
    cancelled: AbortSignal,
    dropped: AbortSignal,
  ): Promise<void> {
    const run = await opened.catch(() => null);
    if (!run) return clearPendingRun();
    try {
      await runFlow(run, number, { cancelled, dropped, permissionSign: (ms) => nextSign(ms, cancelled) });
    } finally {
      stopListeningToTraffic();
    }
  }

  function nextSign(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      signs.push(resolve);
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      setTimeout(resolve, Math.max(0, ms));
    });
  }
}

function keepAwake<T>(work: Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => void browser.runtime.getPlatformInfo(), HEARTBEAT_MS);
  return work.finally(() => clearInterval(heartbeat));
}

/** A run that has neither ended nor been given up. */
async function isOpen(): Promise<boolean> {
  const saved = await readSavedRun();
  return saved !== null && saved.stage !== 'done';
}

function refuse(code: ProblemCode): { ok: false; problem: { code: ProblemCode; detail: null } } {
  return { ok: false, problem: { code, detail: null } };
}

function done(): { ok: true; value: null } {
  return { ok: true, value: null };
}
