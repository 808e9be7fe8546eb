import type { Signal } from '@preact/signals';

import { FilterIcon } from '../icons.tsx';
import { say } from '../words.ts';

interface Shown {
  id: string;
  /** Classes beside those of every pill. */
  look?: string;
  /** How many filters are set. */
  set: number;
  open: Signal<boolean>;
  controls: string;
}

/** Opens and closes the filters, and says how many of them are set. */
export function FiltersButton({ id, look = '', set, open, controls }: Shown) {
  return (
    <button
      type="button"
      class={`pill ${look} ${set > 0 ? 'set' : ''}`}
      id={id}
      aria-expanded={open.value}
      aria-controls={controls}
      onClick={() => {
        open.value = !open.value;
      }}
    >
      <FilterIcon />
      {say('history.filters')}
      {set > 0 ? <span class="num"> {set}</span> : null}
    </button>
  );
}
