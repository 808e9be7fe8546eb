import type { FastifyInstance } from 'fastify';

import { addAccessKey } from './routes/access-key.ts';
import { addCallbackPage } from './routes/callback-page.ts';
import { addCampaigns } from './routes/campaigns.ts';
import { addCheckProfile } from './routes/check-profile.ts';
import { addCountRuns } from './routes/count-runs.ts';
import { addCoverage } from './routes/coverage.ts';
import { addCreateRun } from './routes/create-run.ts';
import { addDeleteRun } from './routes/delete-run.ts';
import { addForgetNumber } from './routes/forget-number.ts';
import { addHandoff } from './routes/handoff.ts';
import { addHandoffPages } from './routes/handoff-pages.ts';
import { addHashDoctor } from './routes/hash-doctor.ts';
import { addImportRun } from './routes/import-run.ts';
import { addListRuns } from './routes/list-runs.ts';
import { addPair } from './routes/pair.ts';
import { addPinRun } from './routes/pin-run.ts';
import { addProfiles } from './routes/profiles.ts';
import { addReadRun } from './routes/read-run.ts';
import { addReferenceRun } from './routes/reference-run.ts';
import type { RouteTools } from './routes/route-tools.ts';
import { addRunEvents } from './routes/run-events.ts';
import { addSubmitLegOne } from './routes/submit-leg-one.ts';

/** Everything that can be asked of a backend, but for what whoever watches over it asks. */
export function addRoutes(app: FastifyInstance, tools: RouteTools): void {
  addPair(app, tools);
  addHandoff(app, tools);
  addHandoffPages(app, tools);
  addCallbackPage(app, tools);
  addRunEvents(app, tools);
  addAccessKey(app, tools);
  addProfiles(app, tools);
  addCreateRun(app, tools);
  addSubmitLegOne(app, tools);
  addReadRun(app, tools);
  addListRuns(app, tools);
  addCountRuns(app, tools);
  addCoverage(app, tools);
  addDeleteRun(app, tools);
  addPinRun(app, tools);
  addReferenceRun(app, tools);
  addCampaigns(app, tools);
  addImportRun(app, tools);
  addForgetNumber(app, tools);
  addHashDoctor(app, tools);
  addCheckProfile(app, tools);
}
