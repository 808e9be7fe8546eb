/** What can be wrong with a file that is imported. A closed list; the words live in `extension/locales/`. */
export const IMPORT_CODES = [
  'import.unreadable',
  'import.too_large',
  'import.not_json',
  'import.wrong_format',
  'import.unsupported_version',
  'import.too_many_entries',
  'import.too_deep',
  'import.bad_entry',
] as const;
export type ImportCode = (typeof IMPORT_CODES)[number];

export interface ImportProblem {
  code: ImportCode;
  /** The entry of the file, counted from 0; null where the whole file is meant. */
  index: number | null;
  /** The member at fault, as a path such as `hops.2.status`. */
  field: string | null;
  /** What was found instead, in a word or two of ours or a version number; never a value of the file. */
  found: string | null;
}

export function problemOf(code: ImportCode, known: Partial<Omit<ImportProblem, 'code'>> = {}): ImportProblem {
  return { code, index: null, field: null, found: null, ...known };
}
