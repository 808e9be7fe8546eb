/** `node write-runs.ts FOLDER RUNS`: a store that writes, and notes in the file `acknowledged` each run it was told is kept. */
import { appendFileSync, openSync } from 'node:fs';
import path from 'node:path';

import { openSqliteRunStore } from '../../backend/store/sqlite/sqlite-run-store.ts';
import { profileAt, runOf } from './fixtures.ts';
import { appendTo } from './write-to.ts';

const [, , folder = '', runs = ''] = process.argv;
const profile = profileAt('https://api.example');
const notes = openSync(path.join(folder, 'acknowledged'), 'a');
const store = await openSqliteRunStore({ folder, instance: 'one' });
const make = async () => {
  const run = runOf(profile);
  await store.create(run, { type: 'created', sequence: 1, at: 1, run }, 'digest');
  appendFileSync(notes, `made ${run.id}\n`);
  await appendTo(store, run.id, [
    { type: 'ended', sequence: 2, at: 2, verdict: 'match', failure: null, cause: null },
  ]);
  appendFileSync(notes, `ended ${run.id}\n`);
};
// Some share a commit, as in a backend under load.
for (let left = Number(runs); left > 0; left -= 4) await Promise.all([make(), make(), make(), make()]);
await store.close();
appendFileSync(notes, 'closed\n');
