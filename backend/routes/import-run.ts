import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { digestInput } from '#protocol/exports/digest-input.ts';
import { ImportRunReply, ImportRunRequest } from '#protocol/history-requests.ts';
import { readRun } from '#protocol/imports/read-run.ts';
import type { Run } from '#protocol/run.ts';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RouteTools } from './route-tools.ts';

/** A long chain with all its headers and bodies (bytes). */
const BODY_LIMIT = 4 * 1024 * 1024;

/** Keeps a run of a file, to be looked at and compared. Nothing in it is asked for, sent or carried on. */
export function addImportRun(app: FastifyInstance, { store, now }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(
      '/v1/imports',
      { bodyLimit: BODY_LIMIT, schema: { body: ImportRunRequest, response: { 200: ImportRunReply } } },
      async ({ body }) => {
        const run = keepable(body.run);
        return { result: await store.importRun(run, hash('sha256', digestInput(run)), now()) };
      },
    );
}

/** Whoever sends it may have read the file in another way than the extension does (PR3, E9, E10). */
function keepable(sent: Run): Run {
  const read = readRun(sent, 0);
  if (!read.ok)
    throw new Refusal('api.bad_request', `No run can have this value: ${read.problem.field ?? 'unknown'}.`);
  if (read.run.phase !== 'ended' || read.run.verdict === null)
    throw new Refusal('api.bad_request', 'This run has not ended in its file. Export it after its verdict.');
  return read.run;
}
