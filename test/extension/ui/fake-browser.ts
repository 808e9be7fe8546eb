import type { RunSummary } from '#protocol/history-api.ts';

/** What a page finds when it opens: stored values, and what the background answers. */
export interface Seed {
  local?: Record<string, unknown>;
  session?: Record<string, unknown>;
  /** What an administrator's policy holds, if there is one. */
  managed?: Record<string, unknown>;
  replies?: Record<string, unknown>;
  /** The runs that the backend keeps, the newest first; questions for them and their number are answered from them. */
  history?: { lines: RunSummary[]; runs: Record<string, unknown> };
  /** Messages that the background takes and never answers. */
  unanswered?: string[];
  messages: Record<string, { message: string }>;
  /** Whether hosts are already allowed, and what a prompt would be answered with. */
  allowed?: boolean;
  /** Everything that is allowed, as the browser lists it. */
  origins?: string[];
  grants?: boolean;
}

/**
 * Stands in for the extension APIs inside a page served over http. Runs in the page before its scripts, so it must
 * stand on its own. Everything asked of it is recorded in `globalThis.asked`.
 */
export function installFakeBrowser(seed: Seed): void {
  const asked: unknown[][] = [];
  const listeners: ((changes: object, area: string) => void)[] = [];
  const event = { addListener: () => {}, removeListener: () => {} };

  const area = (name: 'local' | 'session') => {
    const stored: Record<string, unknown> = { ...seed[name] };
    const write = async (changed: Record<string, unknown>) => {
      const changes: Record<string, object> = {};
      for (const [key, newValue] of Object.entries(changed)) {
        changes[key] = { oldValue: stored[key], newValue };
        stored[key] = newValue;
      }
      for (const seen of listeners) seen(changes, name);
    };
    return {
      get: async (keys: string | string[]) =>
        Object.fromEntries([keys].flat().flatMap((key) => (key in stored ? [[key, stored[key]]] : []))),
      set: write,
      remove: async (key: string) => write({ [key]: undefined }),
    };
  };

  const fromHistory = (asked: {
    type: string;
    runId?: string;
    runIds?: string[];
    filter?: Record<string, string>;
    cursor?: string | null;
    limit?: number;
  }) => {
    const { lines = [], runs = {} } = seed.history ?? {};
    const run = runs[asked.runId ?? ''];
    const line = lines.find(({ id }) => id === asked.runId);
    if (asked.type === 'read_run' && run) return { ok: true, value: { run, line } };
    if (asked.type === 'read_runs' && asked.runIds) {
      const gone = asked.runIds.filter((id) => !runs[id]);
      return { ok: true, value: { runs: asked.runIds.flatMap((id) => runs[id] ?? []), gone } };
    }
    if (!['list_runs', 'count_runs'].includes(asked.type) || !seed.history) return undefined;
    const { text = '', ...named } = asked.filter ?? {};
    const found = lines.filter(
      (line) =>
        (text === '' || JSON.stringify(line).toLowerCase().includes(text.toLowerCase())) &&
        Object.entries(named).every(
          ([name, value]) =>
            ({ ...line, ...line.conditions, profile: line.profileId })[name as 'verdict'] === value,
        ),
    );
    if (asked.type === 'count_runs') return { ok: true, value: { runs: found.length, more: false } };
    const keyOf = ({ startedAt, id }: RunSummary) => `${startedAt}_${id}`;
    const from = asked.cursor ? found.findIndex((line) => keyOf(line) === asked.cursor) + 1 : 0;
    const page = found.slice(from, from + (asked.limit ?? 50));
    const last = from + page.length < found.length ? page.at(-1) : undefined;
    return { ok: true, value: { runs: page, next: last ? keyOf(last) : null } };
  };

  const fake = {
    runtime: {
      id: 'fake',
      sendMessage: async (message: { type: string }) => {
        // What every page asks when it opens, and no test is about unless it says so.
        if (message.type === 'hello' && !seed.unanswered?.includes('hello')) return { ok: true, value: null };
        asked.push(['message', message]);
        if (seed.unanswered?.includes(message.type)) return new Promise(() => {});
        return seed.replies?.[message.type] ?? fromHistory(message as never);
      },
      connect: ({ name }: { name: string }) => {
        asked.push(['connect', name]);
        return { onDisconnect: event, disconnect: () => asked.push(['disconnect', name]) };
      },
      getURL: (path: string) => path,
      getManifest: () => ({ version: '0.1.0' }),
      openOptionsPage: async () => asked.push(['options']),
    },
    storage: {
      local: area('local'),
      session: area('session'),
      // Firefox refuses where there is no policy.
      managed: {
        get: async () => seed.managed ?? Promise.reject(new Error('Managed storage manifest not found')),
      },
      onChanged: {
        addListener: (seen: (changes: object, area: string) => void) => listeners.push(seen),
        removeListener: () => {},
      },
    },
    permissions: {
      contains: async () => seed.allowed ?? true,
      getAll: async () => ({ permissions: [], origins: seed.origins ?? [] }),
      request: async (permissions: unknown) => {
        asked.push(['request', permissions]);
        return seed.grants ?? true;
      },
      remove: async (permissions: unknown) => asked.push(['remove', permissions]),
      onAdded: event,
      onRemoved: event,
    },
    commands: { getAll: async () => [{ name: '_execute_action', shortcut: 'Alt+Shift+V' }] },
    tabs: { create: async (tab: unknown) => asked.push(['tab', tab]) },
    i18n: {
      getMessage: (key: string, given: string[] = []) =>
        (seed.messages[key]?.message ?? '').replace(
          /\$(\d)/g,
          (_all, digit) => given[Number(digit) - 1] ?? '',
        ),
    },
  };
  Object.assign(globalThis, { browser: fake, chrome: fake, asked });
}
