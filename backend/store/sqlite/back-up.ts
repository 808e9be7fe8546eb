import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** More pages than a file has: all in one step, so that a backend that goes on writing does not make it start over. */
const ALL_PAGES = 2_147_483_647;

/**
 * Copies the runs as they are at one moment, beside a backend that goes on writing. The copy is looked through before
 * it gets its name, so that a file of that name is a whole backup. Returns how many runs it has.
 */
export async function backUp(from: string, to: string): Promise<number> {
  if (!existsSync(from)) throw new Error(`There is no "${from}". Name the data folder in NV_DATA_DIR.`);
  if (existsSync(to)) throw new Error(`"${to}" exists already. Choose another name.`);
  const draft = `${to}.part`;
  rmSync(draft, { force: true });
  // Readable for its user only, as what it copies is.
  closeSync(openSync(draft, 'wx', 0o600));
  try {
    const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    await backup(source, draft, { rate: ALL_PAGES }).finally(() => source.close());
    const runs = checked(draft);
    chmodSync(draft, 0o600);
    flush(draft);
    renameSync(draft, to);
    return runs;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function checked(file: string): number {
  const copy = new DatabaseSync(file);
  try {
    // A single file, whatever mode its source was in.
    copy.exec('pragma journal_mode = delete');
    const [first] = copy.prepare('pragma integrity_check(1)').all();
    if (first?.integrity_check !== 'ok') {
      throw new Error(`The copy is damaged, so the runs are, too: ${first?.integrity_check}`);
    }
    return Number(copy.prepare('select count(*) as runs from runs').get()?.runs);
  } finally {
    copy.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
