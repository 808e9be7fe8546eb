import type { ComponentChildren } from 'preact';

import { PresentSwitch } from '../present-switch.tsx';
import { say } from '../words.ts';

/** The replay page while nothing plays. */
export function ReplayFrame({ body, children }: { body: string; children: ComponentChildren }) {
  return (
    <div class="frame in-tab">
      <header class="bar">
        <h1>{say('replay.title')}</h1>
        <span class="grow" />
        <PresentSwitch />
      </header>
      <main class={`body ${body}`}>{children}</main>
    </div>
  );
}
