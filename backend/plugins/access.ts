import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

import { isLoopback } from '#protocol/redirect-uri.ts';

import { Refusal } from './failure-replies.ts';

/** The id that the manifest's fixed key gives Chromium builds. Firefox makes one up for every installation. */
const CHROMIUM_ORIGIN = 'chrome-extension://cmdemmhpidfdmoabohdnofigchdholce';
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The only route that answers without the key. */
const OPEN_ROUTE = '/healthz';

/**
 * Who may come in. Host: only names of this machine, which stops DNS rebinding. Origin, where a browser sends one: only
 * the extension's. Key: on every call but the one that says we are alive.
 */
export function addAccess(app: FastifyInstance, accessKey: string): void {
  app.addHook('onRequest', async (request) => {
    const host = URL.parse(`http://${request.headers.host ?? ''}`);
    if (!host || !isLoopback(host.hostname)) {
      throw new Refusal(
        'api.forbidden_host',
        'Call this backend by the address it printed, such as 127.0.0.1.',
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin !== CHROMIUM_ORIGIN && !FIREFOX_ORIGIN.test(origin)) {
      throw new Refusal(
        'api.forbidden_origin',
        'Only the Number Verify Inspector extension may call this backend.',
      );
    }
    // By the route that matched, not by the URL: `/%76%31/runs` and `http://any/v1/runs` lead to `/v1/runs` as well.
    if (request.routeOptions.url !== OPEN_ROUTE && !isKey(request.headers.authorization, accessKey)) {
      throw new Refusal(
        'api.unauthorized',
        'The access key is missing or wrong. Pair again with the line the backend printed.',
      );
    }
  });
}

function isKey(authorization: string | undefined, accessKey: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${accessKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
