import browser from 'webextension-polyfill';

import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';

/** The way to what needs neither a backend nor a number. */
export function InspectLink({ say: words }: { say: 'inspect.any_chain' | 'inspect.without_backend' }) {
  const href = browser.runtime.getURL(`/inspector.html${hrefOf({ page: 'inspect' })}`);
  return (
    <a class="link small" id="inspect-any" href={href} target="_blank" rel="noreferrer">
      {say(words)}
    </a>
  );
}
