import { say } from '../words.ts';

export function ImportPage() {
  return (
    <main class="in-tab">
      <h1>{say('import.title')}</h1>
    </main>
  );
}
