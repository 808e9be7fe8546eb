import browser from 'webextension-polyfill';

import { inPopup, openInspector } from './in-popup.ts';
import { hrefOf, type Route } from './inspector/route.ts';
import { say } from './words.ts';

const RUNS: Route = { page: 'runs', runId: null, filter: {} };

/** In the place of what a key of scope `read` cannot do: why, who can change it, and what it is good for. */
export function ReadOnlyCard() {
  return (
    <div class="body" id="read-only">
      <h2>{say('read_only.title')}</h2>
      <p>{say('read_only.what')}</p>
      <p class="small dim">{say('read_only.who')}</p>
      {inPopup() ? (
        <button type="button" class="primary" id="to-runs" onClick={() => openInspector(hrefOf(RUNS))}>
          {say('read_only.runs')}
        </button>
      ) : (
        <a class="link" id="to-runs" href={browser.runtime.getURL(`/inspector.html${hrefOf(RUNS)}`)}>
          {say('read_only.runs')}
        </a>
      )}
    </div>
  );
}
