import type { FastifyReply } from 'fastify';

import { html, sendPage } from './page.ts';

interface Said {
  title: string;
  what: string;
}

const UNREADABLE: Said = {
  title: 'This address does not work',
  what: 'A part of it is missing or too much. Copy the whole link from the other screen and try again.',
};
const FAILED: Said = {
  title: 'This did not work',
  what: 'The fault is not this phone’s. Go back and try again; if it happens again, tell whoever sent you the link.',
};
const LATER: Said = {
  title: 'Not possible at the moment',
  what: 'Nothing is lost. Wait a moment, then load this page again or go back and try again.',
};
const SAID: Record<number, Said> = {
  400: UNREADABLE,
  403: {
    title: 'This did not come from the link’s own page',
    what: 'Open the link itself in a tab of its own and try again.',
  },
  404: UNREADABLE,
  429: {
    title: 'Too many at once',
    what: 'Too much was asked from this network. Wait a minute, then load this page again.',
  },
  503: LATER,
  507: LATER,
};

/** For a person who cannot read JSON: what to do next, and what the log calls it. */
export function sendRefusedPage(reply: FastifyReply, status: number, requestId: string): FastifyReply {
  const { title, what } = SAID[status] ?? FAILED;
  return sendPage(
    reply,
    status,
    title,
    html`<p>${what}</p>
<p class="dim">Request ${requestId}</p>`,
  );
}
