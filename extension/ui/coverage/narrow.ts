import { signal } from '@preact/signals';

/** Below this a table of cells is no table any more; `coverage-page.css` breaks at the same width. */
const query = matchMedia('(max-width: 599px)');

export const narrow = signal(query.matches);

query.addEventListener('change', () => {
  narrow.value = query.matches;
});
