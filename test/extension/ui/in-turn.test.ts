import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { askInTurn } from '../../../extension/runner/ask-in-turn.ts';
import type { Message, Problem } from '../../../extension/runner/messages.ts';
import type { Reply } from '../../../extension/runner/replies.ts';
import { recording } from '../../fixtures/runs/export-fixtures.ts';
import { ACCESS_KEY, type Bench, startBench } from '../../support/bench.ts';

/** What a key may ask for in a minute: less than one message of records does. */
const CALLS = 12;
const RUNS = 31;

/** Pages and their background, in one process: only the port between them is missing. */
async function openRunner(url: string) {
  const handlers: { on?: Record<string, (message: Message) => Promise<Reply<unknown>>> } = {};
  const sendMessage = async (message: Message) => {
    try {
      return await handlers.on?.[message.type]?.(message);
    } catch (error) {
      return { ok: false, problem: (error as { told(): Problem }).told() };
    }
  };
  const local = { get: async () => ({ backend: { url, key: ACCESS_KEY } }) };
  const browser = { runtime: { id: 'test', sendMessage }, storage: { local } };
  Object.assign(globalThis, { browser, chrome: browser });
  const [{ fileHandlers }, { historyHandlers }, { gatherRuns }, { askBackground }] = await Promise.all([
    import('../../../extension/runner/file-handlers.ts'),
    import('../../../extension/runner/history-handlers.ts'),
    import('../../../extension/runner/gather-runs.ts'),
    import('../../../extension/runner/ask-background.ts'),
  ]);
  handlers.on = { ...fileHandlers, ...historyHandlers } as never;
  return { gatherRuns, askBackground };
}

/** Waits that pass as soon as they are begun. */
function hurried() {
  const waits: number[] = [];
  const onWait = (until: number | null) => {
    if (until === null) return;
    waits.push(until - Date.now());
    const left = Math.max(1, until - Date.now());
    queueMicrotask(() => void vi.advanceTimersByTimeAsync(left));
  };
  return { waits, turn: { signal: new AbortController().signal, onWait } };
}

// One clock for all tests: the backend counts by it too, and it must not go back between them.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterAll(() => void vi.useRealTimers());

describe('more runs than a key may ask for in a minute (B15)', () => {
  const runs = Array.from({ length: RUNS }, (_, at) =>
    recording('match', { id: randomUUID(), startedAt: 1_790_000_000_000 + at * 1000 }),
  );
  let bench: Bench;
  let runner: Awaited<ReturnType<typeof openRunner>>;
  beforeAll(async () => {
    bench = await startBench({ limits: { rates: { runs: 0, calls: CALLS, refusals: 0 } } });
    runner = await openRunner(bench.url);
  });
  afterAll(() => bench.close());

  test('are all imported, each when the backend says, and then all read in their order, none twice and none left out', async () => {
    const importing = hurried();
    const results = new Set<unknown>();
    for (const run of runs) {
      const reply = await askInTurn(() => runner.askBackground({ type: 'import_run', run }), importing.turn);
      results.add(reply.ok ? reply.value.result : reply.problem.code);
    }
    expect([...results]).toEqual(['imported']);
    expect(importing.waits).toHaveLength(Math.floor(RUNS / CALLS));
    for (const wait of importing.waits) expect(wait).toBeGreaterThan(0);

    const reading = hurried();
    const seen: [number, number][] = [];
    const gathered = await runner.gatherRuns({}, 2000, {
      ...reading.turn,
      onProgress: (done, total) => void seen.push([done, total]),
    });
    if (gathered.kind !== 'whole') throw new Error(JSON.stringify(gathered));
    expect(gathered.kept.map(({ run }) => run.id)).toEqual(runs.map(({ id }) => id).reverse());
    expect([gathered.gone, gathered.kept.every(({ imported }) => imported)]).toEqual([0, true]);
    expect(reading.waits.length).toBeGreaterThanOrEqual(2);
    // Whatever else a person asks is counted apart, and not refused meanwhile.
    const [first] = runs;
    const looked = await runner.askBackground({ type: 'read_run', runId: first?.id ?? '' });
    expect(looked.ok).toBe(true);
    expect(seen.at(-1)).toEqual([RUNS, RUNS]);
    expect(seen).toEqual(seen.toSorted(([a], [b]) => a - b));
  });

  test('wait no longer once somebody stops them', async () => {
    const stop = new AbortController();
    const gathered = await runner.gatherRuns({}, 2000, {
      signal: stop.signal,
      onProgress: () => undefined,
      onWait: () => stop.abort(),
    });
    expect(gathered).toEqual({ kind: 'cancelled' });
  });
});

describe('a refusal', () => {
  const refusing = (problem: Problem) => {
    const ask = vi.fn(async (): Promise<Reply<never>> => ({ ok: false, problem }));
    return { ask, reply: { ok: false, problem } };
  };

  test('that comes five times in a row is told as it is', async () => {
    const { ask, reply } = refusing({ code: 'rate_limited', detail: null, until: Date.now() });
    const { turn, waits } = hurried();
    expect(await askInTurn(ask, turn)).toEqual(reply);
    expect([ask.mock.calls.length, waits.length]).toEqual([5, 4]);
  });

  test.each<[string, Problem]>([
    [
      'for longer than anybody would wait',
      { code: 'rate_limited', detail: null, until: Number.MAX_SAFE_INTEGER },
    ],
    ['without a time', { code: 'rate_limited', detail: null }],
    ['that waiting does not mend', { code: 'budget_spent', detail: null, until: 0 }],
  ])('%s is told at once', async (_what, problem) => {
    const { ask, reply } = refusing(problem);
    const { turn, waits } = hurried();
    expect(await askInTurn(ask, turn)).toEqual(reply);
    expect([ask.mock.calls.length, waits.length]).toEqual([1, 0]);
  });
});
