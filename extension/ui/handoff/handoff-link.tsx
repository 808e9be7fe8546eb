import browser from 'webextension-polyfill';

import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';

/** The way to check a phone that cannot have this extension. */
export function HandoffLink() {
  const href = browser.runtime.getURL(`/inspector.html${hrefOf({ page: 'handoff' })}`);
  return (
    <a class="link small" id="hand-off" href={href} target="_blank" rel="noreferrer">
      {say('handoff.from_popup')}
    </a>
  );
}
