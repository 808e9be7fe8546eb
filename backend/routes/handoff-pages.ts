import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { buildAuthorizeUrl } from '../legs/authorize-request.ts';
import { deriveValues } from '../legs/derived-values.ts';
import { isUnused, lookAtHandoff, openHandoff } from '../legs/handoff.ts';
import { sendHandoffPage, sendNowhere } from '../pages/handoff-pages.ts';
import { openJournal } from '../store/run-journal.ts';
import type { StoredRun } from '../store/run-store.ts';
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

  /** What a browser is to show from now on: what it shows already, unless that stands for another link. */
  const secretFor = async (request: FastifyRequest, isOpenToIt: (browser: string | null) => boolean) => {
    const shown = browserCookie.read(request.headers.cookie, publicUrl);
    const stays = shown !== null && (isOpenToIt(shown) || (await isUnused(shown, tools)));
    return stays ? shown : browserCookie.newSecret();
  };

  /** False where somebody else has carried the run on, as who calls it off does. */
  const noteOpened = async ({ run, events }: StoredRun): Promise<boolean> => {
    if (run.phase === 'authorizing') return true;
    const journal = openJournal(run, store, live.publish);
    journal.add({ type: 'phase', phase: 'authorizing' });
    try {
      await journal.commit();
      return true;
    } catch (error) {
      const now = await store.read(run.id);
      if (now && now.events.length === events.length) throw error;
      // The button pressed twice is one press.
      return isWaiting(now) && now.run.phase === 'authorizing';
    }
  };

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

    typed.get('/h/:code', route, async (request, reply) => {
      const found = await lookAtHandoff(request.params.code, tools);
      const stored = found && (await store.read(found.runId));
      if (!isWaiting(stored)) return sendNowhere(reply, 'unknown');
      const shown = browserCookie.read(request.headers.cookie, publicUrl);
      if (found?.isOpen && !found.isOpenTo(shown)) return sendNowhere(reply, 'opened');
      // Before the button: an answer to it that is lost must not have been the only one with the secret.
      if (shown === null)
        reply.header('set-cookie', browserCookie.made(browserCookie.newSecret(), publicUrl));
      return sendHandoffPage(reply, stored.run);
    });

    typed.post('/h/:code', route, async (request, reply) => {
      const { code } = request.params;
      const found = await lookAtHandoff(code, tools);
      const stored = found && (await store.read(found.runId));
      const provider = stored && providers.get(stored.run.profile.id);
      if (!found || !isWaiting(stored) || !provider) return sendNowhere(reply, 'unknown');
      const browser = await secretFor(request, found.isOpenTo);
      if (!(await openHandoff(code, browser, tools))) return sendNowhere(reply, 'opened');
      // Also with the refusal of a store that fails from here on, so that this browser may press again.
      reply.header('set-cookie', browserCookie.made(browser, publicUrl));
      if (!(await noteOpened(stored))) return sendNowhere(reply, 'unknown');
      const { run } = stored;
      const url = buildAuthorizeUrl(run.profile, deriveValues(serverKey, run.id), run.scenario);
      return reply.status(303).header('referrer-policy', 'no-referrer').header('location', url).send();
    });
  });
}

/** Not over, and nobody has reported how it went: a run that is called off is reported first. */
const isWaiting = (stored: StoredRun | null | undefined): stored is StoredRun =>
  !!stored && stored.submissionDigest === null && stored.run.phase !== 'ended';
