import browser from 'webextension-polyfill';

import { say } from './words.ts';

/** There is nobody to run anything: what that means, what is safe, and the one thing that helps. */
export function BackgroundGone() {
  return (
    <section class="banner" role="alert" aria-labelledby="gone-title" data-background-gone>
      <h2 id="gone-title">{say('background_gone.title')}</h2>
      <p>{say('background_gone.what')}</p>
      <p>{say('background_gone.kept')}</p>
      <button
        type="button"
        class="primary"
        id="reload-extension"
        aria-describedby="gone-then"
        onClick={() => browser.runtime.reload()}
      >
        {say('background_gone.reload')}
      </button>
      <p class="small" id="gone-then">
        {say('background_gone.then')}
      </p>
    </section>
  );
}
