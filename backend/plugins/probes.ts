import type { FastifyRequest } from 'fastify';

/** What is asked by whoever watches over this process: answered also when nothing else is. */
const PROBES: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

export function isProbe({ routeOptions }: FastifyRequest): boolean {
  return PROBES.has(routeOptions.url);
}
