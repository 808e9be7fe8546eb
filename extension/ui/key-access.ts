import { type Allowed, keyAllows } from '../runner/key-allows.ts';
import { settings } from './backend-watch.ts';

/** What the key of this browser may do: what it may not is not offered. */
export function allowed(): Allowed {
  return keyAllows(settings.value?.access ?? null);
}
