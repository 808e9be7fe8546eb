/** A power cut takes what was written and not flushed. What it would leave is built of the store's own system calls. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';
import { hasStrace, leaveBehind, type Moment, replay, traced } from '../../support/power-loss.ts';

const WRITER = fileURLToPath(new URL('../../support/write-runs.ts', import.meta.url));
const CARELESS = new URL('../../support/careless-sqlite.ts', import.meta.url).href;

let root: string;
beforeAll(() => {
  // In memory where there is such a folder: what reaches the disk is read off the system calls.
  root = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'power-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(path.join(root, 'data-'));

interface Cuts {
  cuts: number;
  acknowledged: number;
  lost: Set<string>;
  damaged: string[];
  /** What the last cut left. */
  folder: string;
}

/** A power cut at every moment, with nothing left of what was not flushed, and with half of it, in any order. */
async function cutAgainAndAgain(env = {}): Promise<Cuts> {
  const folder = newFolder();
  const notes = path.join(folder, 'acknowledged');
  const files = ['runs.db', 'runs.db-wal'].map((name) => path.join(folder, name));
  const lines = await traced(WRITER, [folder, '24'], [...files, notes], env);
  const result: Cuts = { cuts: 0, acknowledged: 0, lost: new Set(), damaged: [], folder: '' };
  const cut = ({ notes: told, disk }: Moment, survives: () => boolean) => {
    result.cuts += 1;
    rmSync(result.folder, { recursive: true, force: true });
    result.folder = path.join(root, `left-${path.basename(folder)}-${result.cuts}`);
    mkdirSync(result.folder);
    leaveBehind(disk, result.folder, survives);
    const left = readLeft(result.folder);
    result.damaged.push(...left.damaged);
    for (const line of told) if (line !== 'closed' && !left.told.has(line)) result.lost.add(line);
  };
  let random = 1;
  const half = () => {
    random = (random * 48_271) % 2_147_483_647;
    return random % 2 === 0;
  };
  let moments = 0;
  replay(lines, notes, (moment) => {
    moments += 1;
    const isPromise = moment.notes.length > result.acknowledged;
    result.acknowledged = moment.notes.length;
    if (isPromise) cut(moment, () => false);
    if (moments % 5 === 0 || isPromise) cut(moment, half);
  });
  return result;
}

/** What a backend would be told by what is left, in the words of the notes. */
function readLeft(folder: string): { told: Set<string>; damaged: string[] } {
  const sqlite = new DatabaseSync(path.join(folder, 'runs.db'));
  try {
    const damaged = sqlite
      .prepare('pragma integrity_check')
      .all()
      .map((row) => String(row.integrity_check));
    const hasRuns = sqlite.prepare("select 1 from sqlite_schema where name = 'runs'").get();
    const rows = hasRuns ? sqlite.prepare('select id, phase from runs').all() : [];
    const told = rows.flatMap(({ id, phase }) => [
      `made ${id}`,
      ...(phase === 'ended' ? [`ended ${id}`] : []),
    ]);
    return { told: new Set(told), damaged: damaged.filter((line) => line !== 'ok') };
  } finally {
    sqlite.close();
  }
}

describe.skipIf(!hasStrace)('a power cut', () => {
  test('at any moment takes nothing that was acknowledged, and damages nothing (K2, PR4)', async () => {
    const { cuts, acknowledged, lost, damaged, folder } = await cutAgainAndAgain();
    expect([[...lost], damaged]).toEqual([[], []]);
    expect(acknowledged).toBe(24 * 2 + 1);
    expect(cuts).toBeGreaterThan(100);
    const store = await openSqliteRunStore({ folder, instance: 'after' });
    expect((await store.list({}, null, 100)).runs).toHaveLength(24);
    await store.close();
  });

  test('and takes some of a store that does not wait for the disk, by the same count', async () => {
    const { lost } = await cutAgainAndAgain({ NODE_OPTIONS: `--import ${CARELESS}` });
    expect(lost.size).toBeGreaterThan(0);
  });
});
