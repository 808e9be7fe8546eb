import { signal } from '@preact/signals';

export type DetailTab = 'request' | 'response' | 'timing' | 'why';

/** Which row shows its details, and on which tab. One at a time: the popup has room for one. */
export const openRow = signal<{ id: string; tab: DetailTab } | null>(null);

export function toggleRow(id: string, tab: DetailTab): void {
  openRow.value = openRow.value?.id === id ? null : { id, tab };
}

/** Opens the row a piece of evidence points at and brings it into view. */
export function jumpToRow(id: string, tab: DetailTab): void {
  openRow.value = { id, tab };
  requestAnimationFrame(() => {
    const row = document.getElementById(id);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    row?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
    row?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  });
}
