import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

import { escapeHtml } from '#protocol/exports/markup-text.ts';

import { PAGE_STYLE } from './page-style.ts';

/** Text that is HTML already. */
export interface Html {
  html: string;
}

/** A template whose every value is escaped, unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: (string | Html)[]): Html {
  const written = values.map((value) => (typeof value === 'string' ? escapeHtml(value) : value.html));
  return { html: parts.reduce((text, part, at) => `${text}${written[at - 1] ?? ''}${part}`) };
}

/**
 * No script, nothing from elsewhere, and its one style by its hash. There is no `form-action`: browsers hold every
 * redirect after a form against it, and where an operator leads a phone is what we are here to see.
 */
const POLICY = `default-src 'none'; object-src 'none'; style-src 'sha256-${hash('sha256', PAGE_STYLE, 'base64')}'; frame-ancestors 'none'; base-uri 'none'`;

/** A page of the backend's own, for the browser of a phone. */
export function sendPage(reply: FastifyReply, status: number, title: string, body: Html): FastifyReply {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ html: PAGE_STYLE }}</style>
</head>
<body>
<main>
<p class="brand">Number Verify Inspector</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return (
    reply
      .status(status)
      .header('content-security-policy', POLICY)
      // Not "no-referrer": a form would then come without its Origin. Elsewhere it says nothing all the same.
      .header('referrer-policy', 'same-origin')
      .type('text/html; charset=utf-8')
      .send(document.html)
  );
}
