import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { ApiError } from '#protocol/backend-api.ts';
import { Profile } from '#protocol/profile.ts';
import { Run } from '#protocol/run.ts';
import { RunEvent } from '#protocol/run-events.ts';

import { TAGS } from './api-words.ts';
import { requireSchemas } from './route-schemas.ts';

const ABOUT = `Opens runs of a Number Verify verification, redeems what the browser brought back, and keeps the history.
Every refusal has the form ApiError: a stable code, a sentence that says what to do, and an id to find it in the log.
Everything below /v1 needs an access key; which scope a call asks for is said where a key is refused with 403.`;

/** Its own files, and calls to this backend for who tries one out. Styles are set by script as well. */
const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** OpenAPI 3.1 of the schemas that check what goes in and out, as a page and as JSON. Before any route. */
export async function addApiDocs(app: FastifyInstance): Promise<void> {
  for (const [id, schema] of Object.entries({ ApiError, Profile, Run, RunEvent })) {
    const refused = schema === ApiError ? { description: 'Refused, and why.' } : {};
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id, ...refused });
  }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Number Verify Inspector: backend', description: ABOUT, version: '1' },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          accessKey: { type: 'http', scheme: 'bearer', description: 'The access key, by pairing.' },
        },
      },
      security: [{ accessKey: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  requireSchemas(app);
  app.addHook('onRoute', (route) => {
    // Documentation and nothing else: open to all.
    if (route.url.startsWith('/docs')) route.config = { ...route.config, needs: 'nothing', isPage: true };
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { docExpansion: 'list', supportedSubmitMethods: [], validatorUrl: null, layout: 'BaseLayout' },
  });
}
