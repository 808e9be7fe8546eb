import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';

import { CALLBACK_PATH } from '#protocol/handoff.ts';

import { Refusal } from './failure-replies.ts';
import { isProbe } from './probes.ts';

export interface OverloadLimits {
  /** Milliseconds that everything waits on average before it gets its turn. */
  eventLoopDelayMs: number;
  heapBytes: number;
  /** How often the two are looked at; a second if left out. */
  sampleMs?: number;
}

/**
 * How busy the process is says nothing: one that is busy all the time and keeps up is well used. That it makes everybody
 * wait, or is about to run out of memory, does.
 */
export const usualLimits = (): OverloadLimits => ({
  eventLoopDelayMs: 500,
  heapBytes: getHeapStatistics().heap_size_limit * 0.75,
});

const SAMPLE_MS = 1000;

/**
 * Refuses at the door what could only make it worse. What ends a run is let in: it is the cheaper half of work that was
 * accepted, and its code does not wait.
 */
export async function addOverload(app: FastifyInstance, limits: OverloadLimits): Promise<void> {
  const { sampleMs = SAMPLE_MS } = limits;
  // A start keeps everything waiting, and the first look is at that.
  let since = Number.POSITIVE_INFINITY;
  app.addHook('onListen', async () => {
    since = performance.now() + 2 * sampleMs;
  });
  await app.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: limits.heapBytes,
    sampleInterval: sampleMs,
    pressureHandler: async (request) => {
      if (isProbe(request) || ENDS_A_RUN.has(request.routeOptions.url) || performance.now() < since) return;
      throw overloaded();
    },
  });
}

const ENDS_A_RUN: ReadonlySet<string | undefined> = new Set([
  CALLBACK_PATH,
  '/v1/runs/:id/callback',
  '/v1/runs/:id/chain-end',
]);

export const overloaded = () =>
  new Refusal('api.overloaded', 'The backend has more to do than it can. Try again in a few seconds.');
