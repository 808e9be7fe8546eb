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
const HAS_TO_BE_PROVED = /^(?:A|C|TK|P)\d+$|^(?:oidcc|fapi\d|id-token)-/;

const from = (area: string, last: number) => Array.from({ length: last }, (_, at) => `${area}${at + 1}`);
const suite = (names: string) => names.split(' ').map((name) => `oidcc-client-test${name && `-${name}`}`);

/** Ids that have to be on the page at all: every bad input of these areas, and the suite's plans Basic RP and Config RP. */
export const OWED: readonly string[] = [
  ...from('A', 48),
  ...from('C', 19),
  ...from('TK', 30),
  ...from('P', 16),
  ...from('B', 30),
  ...from('X', 15),
  ...from('K', 12),
  'oidcc-client-test',
  ...suite('invalid-iss missing-sub invalid-aud missing-iat kid-absent-single-jwks kid-absent-multiple-jwks'),
  ...suite('idtoken-sig-rs256 idtoken-sig-none invalid-sig-rs256 userinfo-invalid-sub nonce-invalid'),
  ...suite('scope-userinfo-claims client-secret-basic discovery-openid-config discovery-jwks-uri-keys'),
  ...suite('discovery-issuer-mismatch signing-key-rotation-just-before-signing signing-key-rotation'),
];

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
export function unproved(
  rows: readonly Row[],
  passed: readonly PassedTest[],
  owed: readonly string[] = [],
): string[] {
  const absent = owed.filter((id) => !rows.some((row) => row.id === id));
  const weak = rows.flatMap(({ id, files }) => {
    if (!HAS_TO_BE_PROVED.test(id)) return [];
    if (files.length === 0) return [`${id}: docs/rows.md names no test`];
    return files
      .filter((file) => !passed.some((test) => test.file === file && cites(test.name, id)))
      .map((file) => `${id}: no test of ${file} that passed has it in its name`);
  });
  return [...absent.map((id) => `${id}: docs/rows.md has no such row`), ...weak];
}

/** The id by itself, not as the beginning of a longer one. */
export function cites(name: string, id: string): boolean {
  return new RegExp(`(?<![\\w.-])${id.replace(/[.]/g, '\\.')}(?![\\w-])`).test(name);
}
