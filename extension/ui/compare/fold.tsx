import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

import { ChevronIcon } from '../icons.tsx';

interface Shown {
  title: string;
  /** What is in it, in one line that may be cut off. */
  gist: string;
  /** Drawn once it is open. */
  children: ComponentChildren;
}

/** What is no news, under one heading that opens it. */
export function Fold({ title, gist, children }: Shown) {
  const open = useSignal(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        class={`fold-head ${open.value ? 'open' : ''}`}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span class="chevron">
          <ChevronIcon />
        </span>
        <b class="num">{title}</b>
        <span class="gist dim">{gist}</span>
      </button>
      <div id={id} hidden={!open.value}>
        {open.value ? children : null}
      </div>
    </>
  );
}
