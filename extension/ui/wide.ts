import { signal } from '@preact/signals';

/** From here on there is room for details beside the chain; `run-view.css` breaks at the same width. */
const query = matchMedia('(min-width: 900px)');

export const wide = signal(query.matches);

query.addEventListener('change', () => {
  wide.value = query.matches;
});
