import type { Hop } from '#protocol/hop.ts';

import { say } from '../words.ts';

/** What the browser did by itself stands between the numbered hops: no server was asked. */
export function BrowserMark({ hop }: { hop: Hop }) {
  const reason = hop.responseHeaders.find(({ name }) => name.toLowerCase() === 'non-authoritative-reason');
  const upgraded = hop.notes.includes('upgraded_by_browser') || reason !== undefined;
  return (
    <p class="between">
      <span aria-hidden="true">⇢ </span>
      {upgraded ? say('row.browser_upgrade', [reason?.value ?? 'HTTPS']) : say('row.browser_made')}
    </p>
  );
}
