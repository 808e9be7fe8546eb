import type { Route } from '../inspector/route.ts';
import { say } from '../words.ts';

export function ComparePage(_shown: Extract<Route, { page: 'compare' }>) {
  return (
    <main class="in-tab">
      <h1>{say('compare.title')}</h1>
    </main>
  );
}
