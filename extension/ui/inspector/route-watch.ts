import { signal } from '@preact/signals';

import { hrefOf, parseRoute, type Route } from './route.ts';

export const route = signal<Route>(parseRoute(location.hash));

/** Keeps `route` what the address says, whoever changed it: a link, the back button, a bookmark. */
export function followRoute(): () => void {
  const read = () => {
    route.value = parseRoute(location.hash);
  };
  addEventListener('hashchange', read);
  read();
  return () => removeEventListener('hashchange', read);
}

export function goTo(next: Route): void {
  location.hash = hrefOf(next);
}

/** Without a step of its own in the browser's history: what is typed letter by letter. */
export function replaceRoute(next: Route): void {
  history.replaceState(null, '', hrefOf(next));
  route.value = next;
}
