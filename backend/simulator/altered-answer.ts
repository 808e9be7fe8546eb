import type { Call } from './call.ts';
import type { EndpointOverride, Reply } from './scenario.ts';

/** The healthy answer as a scenario sends it. */
export function altered(reply: Reply, override: EndpointOverride | undefined): Reply {
  const { body = '' } = reply;
  return {
    status: override?.status ?? reply.status,
    headers: { ...reply.headers, ...override?.headers },
    body: override?.text ? override.text(body) : body,
  };
}

/** An answer that quotes the request, where the scenario wants one. */
export function quoting(override: EndpointOverride | undefined, call: Call): Reply | undefined {
  return override?.quote?.({ authorization: call.headers.authorization ?? '', body: call.body });
}
