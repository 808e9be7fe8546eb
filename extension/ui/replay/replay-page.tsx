import type { Route } from '../inspector/route.ts';
import { say } from '../words.ts';

export function ReplayPage(_shown: Extract<Route, { page: 'replay' }>) {
  return (
    <main class="in-tab">
      <h1>{say('replay.title')}</h1>
    </main>
  );
}
