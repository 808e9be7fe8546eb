import type { FastifyReply } from 'fastify';

import type { Run } from '#protocol/run.ts';

import { html, sendPage } from './page.ts';

/** Says what is going to happen, before it does; the button is what opens the link. */
export function sendHandoffPage(reply: FastifyReply, { profile, number }: Run): FastifyReply {
  return sendPage(
    reply,
    200,
    'Check the number of this phone',
    html`<p>Somebody at another screen wants to know whether <b>this phone’s mobile connection</b> belongs to a number.</p>
<dl>
<dt>Number</dt><dd>${number?.mask ?? 'not stated'}</dd>
<dt>Operator</dt><dd>${profile.name}</dd>
</dl>
<p class="first">First switch <b>Wi-Fi and VPN off</b> and mobile data on. With two SIMs, use the data of the right one.</p>
<form method="post"><button>Check this connection</button></form>
<ul class="dim">
<li>This browser is led through addresses of the operator and comes back here. That takes seconds, and you type nothing.</li>
<li>The operator says only whether the number is right. This page learns nothing else of your phone or your SIM.</li>
<li>On this way the single steps of the operator cannot be seen, only how it ends.</li>
<li>The link works once.</li>
</ul>`,
  );
}

export function sendHandedOver(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    200,
    'Done. Look at the other screen',
    html`<p class="done" aria-hidden="true">✓</p>
<p>The operator’s answer has arrived there. You can close this page, and switch Wi-Fi on again.</p>`,
  );
}

/** Why a link or a way back leads nowhere, and what to do. */
const NOWHERE = {
  unknown: {
    title: 'This link does not work',
    why: 'It has run out, or it never was one. A link waits for ten minutes. Ask for a new one at the other screen.',
  },
  opened: {
    title: 'This link was opened before',
    why: 'It works once, in the browser that opened it first. If that was this phone, go back to that page; if not, ask for a new link.',
  },
  callback: {
    title: 'Nothing is waiting for this answer',
    why: 'The operator has led this browser here, but it did not begin here, took longer than ten minutes, or came a second time. Look at the other screen, and ask for a new link if the run has not ended there.',
  },
};

export function sendNowhere(reply: FastifyReply, which: keyof typeof NOWHERE): FastifyReply {
  const { title, why } = NOWHERE[which];
  return sendPage(reply, which === 'opened' ? 409 : 404, title, html`<p>${why}</p>`);
}
