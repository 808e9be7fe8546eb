import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { CallbackRequest, ChainEndRequest } from '#protocol/backend-api.ts';
import { legOfFailure } from '#protocol/failure.ts';
import { fitHop } from '#protocol/fit-hop.ts';
import type { Run } from '#protocol/run.ts';

import { type Carried, carryFromCallback, carryFromChainEnd } from '../legs/carry-run.ts';
import { keyedDigest } from '../legs/derived-values.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { ABANDONED } from '../store/close-abandoned-runs.ts';
import type { RunStore, Submission } from '../store/run-store.ts';
import { EVENT_STREAM } from './answer-kinds.ts';
import { beginCarrying } from './begin-carrying.ts';
import type { RouteTools } from './route-tools.ts';
import { sendRunStream } from './run-stream.ts';
import { ownRun } from './visible-run.ts';

const Params = z.object({ id: z.uuid() });

/** Hops with their headers; the largest honest chain is far below this (bytes). */
const BODY_LIMIT = 262_144;

/**
 * The two ways leg 1 ends. Both answer with the run's events from the first, live until its verdict; the same body again
 * attaches to the same stream, running or finished, and a different one is refused.
 */
export function addSubmitLegOne(app: FastifyInstance, tools: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.post(
    '/v1/runs/:id/callback',
    {
      bodyLimit: BODY_LIMIT,
      config: { needs: 'runs' },
      schema: { params: Params, body: CallbackRequest, response: EVENT_STREAM },
    },
    (request, reply) =>
      submit(
        tools,
        request,
        reply,
        {
          digest: keyedDigest(tools.serverKey, 'submission', `callback ${JSON.stringify(request.body)}`),
          numberHmac: keyedDigest(tools.serverKey, 'number', request.body.numberHash),
        },
        (run, submission) => carryFromCallback(run, fitting(request.body), submission, tools.carry),
      ),
  );

  typed.post(
    '/v1/runs/:id/chain-end',
    {
      bodyLimit: BODY_LIMIT,
      config: { needs: 'runs' },
      schema: { params: Params, body: ChainEndRequest, response: EVENT_STREAM },
    },
    (request, reply) => {
      // The number stands beside the report: with or without it, it is the same report.
      const { numberHash, ...report } = request.body;
      refuseImpossible(report);
      return submit(
        tools,
        request,
        reply,
        {
          digest: keyedDigest(tools.serverKey, 'submission', `chain-end ${JSON.stringify(report)}`),
          numberHmac: numberHash === undefined ? null : keyedDigest(tools.serverKey, 'number', numberHash),
        },
        (run, submission) => carryFromChainEnd(run, fitting(report), submission, tools.carry),
      );
    },
  );
}

/** The extension cuts hops itself; whoever else calls may not. */
const fitting = <S extends Pick<CallbackRequest, 'hops'>>(submission: S): S => ({
  ...submission,
  hops: submission.hops.map(fitHop),
});

async function submit(
  { store, live, leases, stopped }: RouteTools,
  request: FastifyRequest<{ Params: z.infer<typeof Params> }>,
  reply: FastifyReply,
  submission: Submission,
  carry: (run: Run, submission: Submission) => Carried,
): Promise<FastifyReply> {
  const { id } = request.params;
  const { stored, begun, done } = await beginCarrying(
    () => ownRun(store, request, id),
    (run) => carry(run, submission),
  );
  if (begun.claim === 'conflict') throw await refusalOf(id, store);
  if (begun.claim === 'same')
    return sendRunStream(reply, stopped, (signal) => live.follow(id, store, signal));
  // Not awaited: the run goes to its end even if this client leaves.
  void leases.during(id, () => done);
  const heard = [...stored.events, ...begun.events];
  return sendRunStream(reply, stopped, (signal) => live.follow(id, store, signal, heard));
}

async function refusalOf(id: string, store: RunStore): Promise<Refusal> {
  const taken = (await store.read(id))?.submissionDigest;
  if (taken === ABANDONED.digest)
    return new Refusal(
      'api.run_already_ended',
      'Nothing was heard of this run for too long. Start a new one.',
    );
  if (!taken) return new Refusal('api.run_already_ended', 'This run is over. Start a new one.');
  return new Refusal(
    'api.idempotency_conflict',
    'Leg 1 of this run was reported before, differently. The first report stands.',
  );
}

/** A walker can only report what leg 1 can suffer, and a chain that was cut short has no failure. */
function refuseImpossible({ chainEnd, failure }: ChainEndRequest): void {
  const cutShort = chainEnd.kind === 'cancelled' || chainEnd.kind === 'interrupted';
  // A code that could not be handed over in time: the one callback that is reported without it.
  const expired = failure?.code === 'callback.code_expired_locally';
  if ((chainEnd.kind === 'callback') !== expired) {
    throw new Refusal(
      'api.bad_request',
      'A chain that ended at redirect_uri is reported to /callback, unless its code has expired.',
    );
  }
  if (cutShort !== (failure === null) || (failure && legOfFailure(failure.code) !== 'authorize')) {
    throw new Refusal('api.bad_request', 'The failure does not fit the way the chain ended.');
  }
}
