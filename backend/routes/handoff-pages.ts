import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { buildAuthorizeUrl } from '../legs/authorize-request.ts';
import { deriveValues } from '../legs/derived-values.ts';
import { lookAtHandoff, openHandoff } from '../legs/handoff.ts';
import { sendHandoffPage, sendNowhere } from '../pages/handoff-pages.ts';
import { openJournal } from '../store/run-journal.ts';
import { PAGE_OR_ONWARD } from './answer-kinds.ts';
import { browserCookie } from './browser-cookie.ts';
import type { RouteTools } from './route-tools.ts';

const Params = z.object({ code: z.string().check(z.regex(/^[\w-]{1,64}$/)) });

/**
 * The link for a phone. To look at it opens nothing, because messengers and scanners look at links as well; its button
 * does, and leads this browser to the operator.
 */
export function addHandoffPages(app: FastifyInstance, tools: RouteTools): void {
  const { store, providers, serverKey, live, publicUrl } = tools;
  app.register(async (pages) => {
    // A form without fields; nothing else on this backend reads forms.
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, _body, done) => done(null, undefined),
    );
    const typed = pages.withTypeProvider<ZodTypeProvider>();
    const route = {
      config: { needs: 'nothing', isPage: true, isBodyless: true },
      schema: { params: Params, response: PAGE_OR_ONWARD },
    } as const;

    typed.get('/h/:code', route, async ({ params }, reply) => {
      const found = await lookAtHandoff(params.code, tools);
      const stored = found && (await store.read(found.runId));
      if (!stored || stored.run.phase === 'ended') return sendNowhere(reply, 'unknown');
      return found.opened ? sendNowhere(reply, 'opened') : sendHandoffPage(reply, stored.run);
    });

    typed.post('/h/:code', route, async ({ params }, reply) => {
      const opened = await openHandoff(params.code, tools);
      if (!opened)
        return sendNowhere(reply, (await lookAtHandoff(params.code, tools)) ? 'opened' : 'unknown');
      const run = (await store.read(opened.runId))?.run;
      const provider = run && providers.get(run.profile.id);
      if (!run || !provider || run.phase === 'ended') return sendNowhere(reply, 'unknown');
      const journal = openJournal(run, store, live.publish);
      journal.add({ type: 'phase', phase: 'authorizing' });
      await journal.commit();
      const url = buildAuthorizeUrl(run.profile, deriveValues(serverKey, run.id), run.scenario);
      return reply
        .status(303)
        .header('referrer-policy', 'no-referrer')
        .header('set-cookie', browserCookie.made(opened.browser, publicUrl))
        .header('location', url)
        .send();
    });
  });
}
