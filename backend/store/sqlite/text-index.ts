import type { DatabaseSync } from 'node:sqlite';

/** Puts the texts of runs that have ended since into the search index; returns what to call before each commit. */
export function createTextIndex(sqlite: DatabaseSync): () => void {
  const isDue = sqlite.prepare('select 1 from text_due limit 1');
  const put = sqlite.prepare(
    'insert into run_text (rowid, text) select run_no, search_text from text_due join runs using (run_no)',
  );
  const done = sqlite.prepare('delete from text_due');
  return () => {
    if (!isDue.get()) return;
    put.run();
    done.run();
  };
}
