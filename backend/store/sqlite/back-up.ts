import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** More pages than a file has: all in one step, so that a backend that goes on writing does not make it start over. */
const ALL_PAGES = 2_147_483_647;

interface BackUpOptions {
  from: string;
  to: string;
  /** Whose rows are counted. */
  table: 'runs' | 'access_keys';
}

/**
 * Copies a store as it is at one moment, beside a backend that goes on writing. The copy is looked through before it
 * gets its name, so that a file of that name is a whole backup. Returns how many rows `table` has.
 */
export async function backUp({ from, to, table }: BackUpOptions): Promise<number> {
  refuseExisting(to);
  const draft = `${to}.part`;
  rmSync(draft, { force: true });
  // Readable for its user only, as what it copies is.
  closeSync(openSync(draft, 'wx', 0o600));
  try {
    const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    await backup(source, draft, { rate: ALL_PAGES }).finally(() => source.close());
    const rows = checked(draft, table);
    chmodSync(draft, 0o600);
    flush(draft);
    renameSync(draft, to);
    return rows;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Error(`"${file}" exists already. Choose another name.`);
}

function checked(file: string, table: BackUpOptions['table']): number {
  const copy = new DatabaseSync(file);
  try {
    // A single file, whatever mode its source was in.
    copy.exec('pragma journal_mode = delete');
    const [first] = copy.prepare('pragma integrity_check(1)').all();
    if (first?.integrity_check !== 'ok') {
      throw new Error(`The copy is damaged, so its source is, too: ${first?.integrity_check}`);
    }
    return Number(copy.prepare(`select count(*) as n from ${table}`).get()?.n);
  } finally {
    copy.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
