import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';

import { answerClientError } from './plugins/client-errors.ts';
import { answerFailure } from './plugins/failure-replies.ts';
import { addJsonBody } from './plugins/json-body.ts';
import { LOG_SERIALIZERS, logOfRequest } from './plugins/request-log.ts';
import type { Sharing } from './sharing.ts';

/** Milliseconds for the headers of a request, for all of it, and between two looks at who is late. */
export interface Patience {
  headersMs: number;
  requestMs: number;
  lookEveryMs: number;
}

/** With the look, and in a busy process, a slow client is gone within eleven seconds (B13). An answer may take its time. */
const PATIENCE: Patience = { headersMs: 8000, requestMs: 9500, lookEveryMs: 500 };

interface ServerOptions {
  log: { level: string; write: (line: string) => void };
  sharing: Sharing;
  patience?: Patience | undefined;
}

/** Without any route: what holds for every request before it is one of ours, its size and its time. */
export function createServer({ log, sharing, patience = PATIENCE }: ServerOptions): FastifyInstance {
  const http = {
    headersTimeout: patience.headersMs,
    connectionsCheckingInterval: patience.lookEveryMs,
    maxHeaderSize: 16_384,
  };
  const app = Fastify({
    // With one of the two Fastify does not look at the other.
    ...(sharing.tls
      ? { https: { ...http, ...sharing.tls, minVersion: 'TLSv1.2', handshakeTimeout: patience.headersMs } }
      : { http }),
    logger: {
      level: log.level,
      // No process id and no host name: who reads a log elsewhere has no use for either.
      base: null,
      serializers: LOG_SERIALIZERS,
      stream: { write: log.write },
    },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: 5000,
    maxRequestsPerSocket: 1000,
    trustProxy: sharing.trustedProxies.length > 0 ? sharing.trustedProxies : false,
    childLoggerFactory: logOfRequest,
    clientErrorHandler: answerClientError,
    // addShutdown says it in our words.
    return503OnClosing: false,
    frameworkErrors: answerFailure,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addJsonBody(app);
  return app;
}
