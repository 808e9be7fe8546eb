import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { HashDoctorRequest } from '#protocol/backend-api.ts';
import { Run } from '#protocol/run.ts';

import { keyedDigest } from '../legs/derived-values.ts';
import { repeatPremiuminfo } from '../legs/hash-doctor.ts';
import type { Provider } from '../legs/provider.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { refuseIfSpent } from './refuse-if-spent.ts';
import type { RouteTools } from './route-tools.ts';
import { ownRun } from './visible-run.ts';

/**
 * Asks premiuminfo once more about the number written the other way, on a run that ended with a no. Once a run: the same
 * body again, at the same time or later, gets the same run and asks nobody.
 */
export function addHashDoctor(app: FastifyInstance, tools: RouteTools): void {
  const underWay = new Map<string, { digest: string; run: Promise<Run> }>();
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/runs/:id/hash-doctor',
    {
      config: { needs: 'runs' },
      schema: { params: z.object({ id: z.uuid() }), body: HashDoctorRequest, response: { 200: Run } },
    },
    async (request) => {
      const {
        params: { id },
        body,
      } = request;
      const stored = await ownRun(tools.store, request, id);
      const digest = keyedDigest(tools.serverKey, 'hash-doctor', `${id} ${JSON.stringify(body)}`);
      // Before the one question that the run has is claimed.
      if (stored.run.hashDoctor === null && !underWay.has(id))
        await refuseIfSpent(tools.budget, stored.run.profile.id, 1);
      // Nothing is awaited from here to `set`: of any number of requests one goes on, and the others wait for it.
      const other = underWay.get(id);
      if (other && other.digest !== digest) throw conflict();
      if (other) return other.run;
      const provider = tools.providers.get(stored.run.profile.id);
      refuseUnfit(stored.run, body, provider);
      const run = askOnce(stored.run, body, digest, provider, tools).finally(() => underWay.delete(id));
      underWay.set(id, { digest, run });
      return run;
    },
  );
}

async function askOnce(
  run: Run,
  body: HashDoctorRequest,
  digest: string,
  provider: Provider,
  { store, carry }: RouteTools,
): Promise<Run> {
  const claim = await store.claimHashDoctor(run.id, digest);
  if (claim === 'claimed') {
    const kept = await carry.kept.take(run.id);
    if (kept) return repeatPremiuminfo(run, body, kept, provider, carry);
  }
  const latest = (await store.read(run.id))?.run;
  if (!latest?.hashDoctor) {
    throw refused('Run again: the access token is kept for five minutes only.');
  }
  if (claim === 'conflict') throw conflict();
  return latest;
}

function refuseUnfit(
  run: Run,
  { form }: HashDoctorRequest,
  provider: Provider | undefined,
): asserts provider is Provider {
  if (run.phase !== 'ended') {
    throw refused('This run has not ended yet. Wait for its verdict.');
  }
  if (run.verdict !== 'no_match') {
    throw refused('Only a run that ended with "no match" can be asked about. Run again for another verdict.');
  }
  if (!run.profile.hashDoctor) {
    throw refused(
      'This profile does not allow it. Set "hashDoctor" there, or NV_HASH_DOCTOR, and run again.',
    );
  }
  // Asked before: what differs now is a conflict, whatever it is.
  if (form === run.profile.hash && run.hashDoctor === null) {
    throw refused(
      `The run itself asked with the form "${form}". Ask with "${form === 'plus' ? 'plain' : 'plus'}".`,
    );
  }
  if (!provider) {
    throw refused('The profile of this run is no longer configured. Configure it and run again.');
  }
}

const refused = (message: string) => new Refusal('api.hash_doctor_refused', message);
const conflict = () =>
  new Refusal(
    'api.idempotency_conflict',
    'This run was asked about before, differently. That answer stands.',
  );
