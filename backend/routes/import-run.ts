import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { digestInput } from '#protocol/exports/digest-input.ts';
import { MOST_RUN_BYTES } from '#protocol/file-limits.ts';
import { ImportRunReply, ImportRunRequest } from '#protocol/history-requests.ts';
import { readRun } from '#protocol/imports/read-run.ts';
import type { Run } from '#protocol/run.ts';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RouteTools } from './route-tools.ts';

/** A run as large as a file may have it, and what is around it. */
const BODY_LIMIT = MOST_RUN_BYTES + 1024;

/** Keeps a run of a file, to be looked at and compared. Nothing in it is asked for, sent or carried on. */
export function addImportRun(app: FastifyInstance, { store, now }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/imports',
    {
      bodyLimit: BODY_LIMIT,
      config: { needs: 'runs', counts: 'file' },
      schema: { body: ImportRunRequest, response: { 200: ImportRunReply } },
    },
    async ({ body, caller: { ownerId } }) => {
      const run = { ...keepable(body.run), ownerId };
      const digest = hash('sha256', `${ownerId} ${digestInput(run)}`);
      return { result: await store.importRun(run, digest, now()) };
    },
  );
}

/** Whoever sends it may have read the file in another way than the extension does (PR3, E9, E10). */
function keepable(sent: Run): Run {
  if (sent.phase !== 'ended' || sent.verdict === null)
    throw new Refusal('api.bad_request', 'This run has not ended in its file. Export it after its verdict.');
  const read = readRun(sent, 0);
  if (!read.ok) {
    const { field, found } = read.problem;
    throw new Refusal('api.bad_request', `No run can have this value: ${field ?? found ?? 'unknown'}.`);
  }
  return read.run;
}
