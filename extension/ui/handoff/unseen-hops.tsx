import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';

/** In the place of the hops of a chain that another device walked. */
export function UnseenHops({ run }: { run: Run }) {
  if (run.capture !== 'handoff') return null;
  return (
    <p class="small dim" data-unseen-hops>
      {say('handoff.hops_unseen')}
    </p>
  );
}
