import { signal } from '@preact/signals';

import { wide } from '../wide.ts';

export type DetailTab = 'request' | 'response' | 'timing' | 'why';

interface OpenRow {
  id: string;
  tab: DetailTab;
  /** The check that the person was led to, by its element's id. */
  check?: string;
}

/** Which row shows its details, and on which tab. One at a time: the popup has room for one. */
export const openRow = signal<OpenRow | null>(null);

export function toggleRow(id: string, tab: DetailTab): void {
  openRow.value = openRow.value?.id === id ? null : { id, tab };
}

/** Opens the row a piece of evidence points at and brings it, or the check within it, into view. */
export function jumpToRow(id: string, tab: DetailTab, check?: string): void {
  openRow.value = check ? { id, tab, check } : { id, tab };
  requestAnimationFrame(() => {
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    const pointed = check ? document.getElementById(check) : null;
    const row = document.getElementById(id);
    // A wide page shows details beside the chain, most often in sight already.
    const near = wide.value ? 'nearest' : null;
    if (pointed) pointed.scrollIntoView({ block: near ?? 'center', behavior });
    else row?.scrollIntoView({ block: near ?? 'start', behavior });
    const target = pointed ?? row?.querySelector<HTMLElement>('button');
    target?.focus({ preventScroll: true });
  });
}
