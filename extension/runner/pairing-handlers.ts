import browser from 'webextension-polyfill';

import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { exchangeCode } from '../backend-client/exchange-code.ts';
import { readPairingLine } from '../backend-client/pairing-line.ts';
import { askBackend } from './ask-backend.ts';
import type { Handlers } from './handlers.ts';
import { isHandoffOpen } from './handoff-handlers.ts';
import { isOpen } from './is-open.ts';
import type { ProblemCode } from './messages.ts';
import type { Reply, ReplyValues } from './replies.ts';
import { type KeyAccess, readSettings, writeSettings } from './settings.ts';

/** To connect a backend and to let go of it. */
export const pairingHandlers: Pick<Handlers['on'], 'pair' | 'unpair' | 'access'> = {
  async pair({ line }) {
    const read = readPairingLine(line);
    if (read === null) return refuse('pairing_line_invalid');
    if (read.kind === 'in_clear') return refuse('pairing_in_clear');
    const { protocol, hostname } = new URL(read.url);
    if (!(await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }))) {
      return refuse('host_permission_missing');
    }
    return read.kind === 'code' ? pairByCode(read.url, read.code) : pairByKey(read.url, read.key);
  },
  async unpair() {
    const { backend } = await readSettings();
    if (!backend) return { ok: true, value: { key: 'kept_by_machine' } };
    // Its end is handed over with the key.
    if (await isOpen()) return refuse('run_active');
    if (await isHandoffOpen()) return refuse('handoff_active');
    const key = await giveBack(createBackendClient(backend));
    await writeSettings({ backend: null, access: null });
    return { ok: true, value: { key } };
  },
  async access() {
    const reply = await askBackend((backend) => backend.access());
    if (reply.ok) await writeSettings({ access: reply.value });
    return reply;
  },
};

/** Kept only once the backend has answered with it: a key of this machine's may be typed wrong. */
async function pairByKey(url: string, key: string): Promise<Reply<ReplyValues['pair']>> {
  const backend = createBackendClient({ url, key });
  const [{ profiles }, access] = await Promise.all([backend.profiles(), accessOf(backend)]);
  await writeSettings({ backend: { url, key }, access });
  return { ok: true, value: { profiles } };
}

/**
 * Kept before anything else is asked: the code is used up, and nobody else has the key. What goes wrong from then on is
 * shown by the page that asks for the profiles next, with the key in place.
 */
async function pairByCode(url: string, code: string): Promise<Reply<ReplyValues['pair']>> {
  const { key } = await exchangeCode(url, code);
  const backend = createBackendClient({ url, key });
  try {
    await writeSettings({ backend: { url, key }, access: null });
  } catch {
    // A key that cannot be kept here is not left open there.
    await giveBack(backend);
    return refuse('pairing_not_kept');
  }
  const [{ profiles }, access] = await Promise.all([backend.profiles(), accessOf(backend)]);
  await writeSettings({ access });
  return { ok: true, value: { profiles } };
}

/** Null where the backend does not say: an older one, or one that is away just now. */
function accessOf(backend: BackendClient): Promise<KeyAccess | null> {
  return backend.access().catch(() => null);
}

/** Says what has become of the key at the backend. */
async function giveBack(backend: BackendClient): Promise<ReplyValues['unpair']['key']> {
  try {
    return (await backend.unpair()).revoked ? 'given_back' : 'kept_by_machine';
  } catch (error) {
    const isVoid = error instanceof BackendProblem && error.code === 'backend_refused_key';
    return isVoid ? 'given_back' : 'still_valid';
  }
}

function refuse(code: ProblemCode): { ok: false; problem: { code: ProblemCode; detail: null } } {
  return { ok: false, problem: { code, detail: null } };
}
