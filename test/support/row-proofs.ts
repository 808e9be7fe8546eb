/** Which rows of docs/rows.md are proved, judged by the names of the tests that passed. */

export interface PassedTest {
  /** From the project's root, with forward slashes. */
  file: string;
  /** Suites and title, as the run printed them. */
  name: string;
}

export interface Row {
  id: string;
  /** The files its last column names. */
  files: string[];
}

/** Rows whose inputs an operator, a network or a browser brings about: each has to have a test that passed. */
const HAS_TO_BE_PROVED = /^(?:A|C|TK|I|P)\d+$|^(?:oidcc|fapi\d)-/;

/** The rows of every table of the page: the first column is the id, the last says what proves it. */
export function readRows(page: string): Row[] {
  return page
    .split('\n')
    .map((line) => /^\| ([^|]+) \| .+ \| (.+) \|$/.exec(line))
    .flatMap((row) => (row && row[1] !== 'Id' && !/^-+$/.test(row[1] ?? '') ? [row] : []))
    .map(([, id = '', proof = '']) => ({
      id: id.replaceAll('`', '').trim(),
      files: [...proof.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file),
    }));
}

/** One sentence for each row that is not proved as it says. Empty when all are. */
export function unproved(rows: readonly Row[], passed: readonly PassedTest[]): string[] {
  return rows.flatMap(({ id, files }) => {
    if (!HAS_TO_BE_PROVED.test(id)) return [];
    if (files.length === 0) return [`${id}: docs/rows.md names no test`];
    return files
      .filter((file) => !passed.some((test) => test.file === file && cites(test.name, id)))
      .map((file) => `${id}: no test of ${file} that passed has it in its name`);
  });
}

/** The id by itself, not as the beginning of a longer one. */
export function cites(name: string, id: string): boolean {
  return new RegExp(`(?<![\\w.-])${id.replace(/[.]/g, '\\.')}(?![\\w-])`).test(name);
}
