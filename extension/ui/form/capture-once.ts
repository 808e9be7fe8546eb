import { signal } from '@preact/signals';

import type { Capture } from '../../runner/settings.ts';

/** A way of walking that was offered for the next run alone; the choice that the form remembers stays what it was. */
export const captureOnce = signal<Capture | null>(null);
