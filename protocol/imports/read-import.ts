import type { Imported } from './imported.ts';
import { parseImport } from './parse-import.ts';
import { bundleOf } from './read-bundle.ts';
import { harOf, isHar } from './read-har.ts';

/** Any file a person chose: a bundle of ours, a HAR file of ours or of anyone, or a problem. It never throws. */
export function readImport(text: string): Imported {
  const parsed = parseImport(text);
  if (!parsed.ok) return parsed;
  return isHar(parsed.value) ? harOf(parsed.value) : bundleOf(parsed.value);
}
