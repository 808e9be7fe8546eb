import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { CreateRunReply, CreateRunRequest } from '#protocol/backend-api.ts';
import { beginRun } from '#protocol/begin-run.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import { buildAuthorizeUrl } from '../legs/authorize-request.ts';
import { deriveValues, keyedDigest } from '../legs/derived-values.ts';
import type { Provider } from '../legs/provider.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { refuseIfSpent } from './refuse-if-spent.ts';
import type { RouteTools } from './route-tools.ts';

/** One for the token, one for the answer. */
const CALLS_OF_A_RUN = 2;

/** Opens a run and says which URL to walk. Asked again with the same body, it answers the same. */
export function addCreateRun(
  app: FastifyInstance,
  { store, serverKey, providers, budget, now }: RouteTools,
): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/runs',
    {
      config: { needs: 'runs', counts: 'run' },
      schema: { body: CreateRunRequest, response: { 200: CreateRunReply, 201: CreateRunReply } },
    },
    async (request, reply) => {
      const asked = request.body;
      const { ownerId } = request.caller;
      const provider = providers.get(asked.profileId);
      if (!provider)
        throw new Refusal('api.unknown_profile', 'This backend has no such profile. Choose another one.');
      refuseUnknownScenario(asked, provider);
      const isKnown = async () => (await store.read(asked.id)) !== null;
      await refuseIfSpent(budget, asked.profileId, CALLS_OF_A_RUN, isKnown);

      const values = deriveValues(serverKey, asked.id);
      const authorizeUrl = buildAuthorizeUrl(provider.profile, values, asked.scenario);
      const digest = keyedDigest(serverKey, 'create', `${ownerId} ${JSON.stringify(asked)}`);
      const opened = openRun(asked, provider, ownerId, values.correlationId);
      const created: RunEvent = { type: 'created', sequence: 1, at: now(), run: opened };
      if (await store.create(opened, created, digest)) {
        return reply.status(201).send({ run: applyRunEvent(opened, created), authorizeUrl });
      }

      const known = await store.read(asked.id);
      if (known?.requestDigest !== digest) {
        throw new Refusal(
          'api.idempotency_conflict',
          'A different run with this id exists. Start a new run.',
        );
      }
      return { run: known.run, authorizeUrl };
    },
  );
}

function refuseUnknownScenario(asked: CreateRunRequest, { profile }: Provider): void {
  if (asked.scenario === null) return;
  if (!profile.simulator) {
    throw new Refusal(
      'api.unknown_scenario',
      'Scenarios exist on the simulated operator only. Leave it out.',
    );
  }
  if (!profile.simulator.scenarios.some(({ name }) => name === asked.scenario)) {
    const names = profile.simulator.scenarios.map(({ name }) => name).join(', ');
    throw new Refusal(
      'api.unknown_scenario',
      `The simulated operator has no such scenario. Choose one of: ${names}.`,
    );
  }
}

function openRun(
  asked: CreateRunRequest,
  { profile }: Provider,
  ownerId: string,
  correlationId: string,
): Run {
  return beginRun({
    id: asked.id,
    ownerId,
    profile: snapshotOf(profile),
    capture: asked.capture,
    origin: profile.simulator ? 'simulated' : 'live',
    scenario: asked.scenario,
    startedAt: asked.startedAt,
    utcOffsetMinutes: asked.utcOffsetMinutes,
    localDay: asked.localDay,
    number: asked.number,
    correlationId,
    conditions: asked.conditions,
    expectation: asked.expectation,
    ...(asked.cleanStart ? { cleanStart: asked.cleanStart } : {}),
  });
}

/** The profile as the run keeps it. The simulated operator's SIMs are for choosing one, and their numbers for no record. */
function snapshotOf(profile: Profile): Profile {
  return profile.simulator ? { ...profile, simulator: { scenarios: [] } } : profile;
}
