import type { Route } from '../inspector/route.ts';
import { say } from '../words.ts';

export function CoveragePage(_shown: Extract<Route, { page: 'coverage' }>) {
  return (
    <main class="in-tab">
      <h1>{say('coverage.title')}</h1>
    </main>
  );
}
