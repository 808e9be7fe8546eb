import type { FastifyReply } from 'fastify';

import { html, sendPage } from './page.ts';

/** For who opens a pairing link in a browser instead of pasting it. What stands after `#` has not come here. */
export function sendPairPage(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    200,
    'This is a pairing link',
    html`<p>It connects the extension Number Verify Inspector with this backend, once.</p>
<ol>
<li>Copy the whole address of this page, with what stands after the <code>#</code>.</li>
<li>Click the extension’s icon and paste it into the first field.</li>
</ol>
<p class="dim">To look at this page has not used the link up.</p>`,
  );
}
