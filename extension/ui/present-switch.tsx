import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

import { say } from './words.ts';

/** Large type for a projector. Kept in the address, so that reloading or bookmarking keeps it. */
export function PresentSwitch() {
  const on = useSignal(new URLSearchParams(location.search).has('present'));
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-present', on.value);
    // What follows the # says which page this is.
    history.replaceState(null, '', `${location.pathname}${on.value ? '?present' : ''}${location.hash}`);
  }, [on.value]);
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      id="present"
      aria-checked={on.value}
      onClick={() => {
        on.value = !on.value;
      }}
    >
      <span class="knob" aria-hidden="true" />
      <span class="label">{say('app.present')}</span>
    </button>
  );
}
