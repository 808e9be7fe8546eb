import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { CALLBACK_PATH, HandoffReply, HandoffRequest } from '#protocol/handoff.ts';
import type { Profile } from '#protocol/profile.ts';

import { endHandoff, offerHandoff } from '../legs/handoff.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { openJournal } from '../store/run-journal.ts';
import type { RouteTools } from './route-tools.ts';
import { ownRun } from './visible-run.ts';

/** Gives out the link by which a phone without the extension walks leg 1. The same run and number get the same link. */
export function addHandoff(app: FastifyInstance, tools: RouteTools): void {
  const { store, publicUrl, live } = tools;
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/runs/:id/handoff',
    {
      config: { needs: 'runs' },
      schema: { params: z.object({ id: z.uuid() }), body: HandoffRequest, response: { 200: HandoffReply } },
    },
    async (request) => {
      const { run, submissionDigest } = await ownRun(store, request, request.params.id);
      if (run.capture !== 'handoff') throw refused('This run is walked by the browser that made it.');
      if (submissionDigest !== null || run.phase === 'ended') throw refused(OVER);
      if (publicUrl === null || !leadsHere(run.profile, publicUrl))
        throw refused(whyNot(run.profile, publicUrl));
      const { numberHash } = request.body;
      const offer = await offerHandoff(run, numberHash, tools);
      // Called off at this moment, nobody else would come to clear it away.
      const { submissionDigest: since } = await ownRun(store, request, run.id);
      if (since !== null) {
        await endHandoff(run.id, tools);
        throw refused(OVER);
      }
      if (offer.isNew) {
        const journal = openJournal(run, store, live.publish);
        journal.add({ type: 'phase', phase: 'waiting' });
        await journal.commit();
      }
      return { link: `${publicUrl}/h/${offer.code}`, expiresAt: offer.expiresAt };
    },
  );
}

/** Whether the operator sends a phone back to this backend. Compared as text, as operators do (RFC 6749 §3.1.2.3). */
export const leadsHere = ({ redirectUri }: Profile, publicUrl: string) =>
  redirectUri === `${publicUrl}${CALLBACK_PATH}`;

const whyNot = ({ name, redirectUri }: Profile, publicUrl: string | null) =>
  publicUrl === null
    ? 'This backend has no address that a phone could reach. Set NV_PUBLIC_URL.'
    : `The redirect_uri of "${name}" is ${redirectUri}, so the phone would not come back here. Register ${publicUrl}${CALLBACK_PATH} with the operator and set it.`;

const OVER = 'This run is over, or its phone is back already. Start a new one.';

const refused = (message: string) => new Refusal('api.handoff_refused', message);
