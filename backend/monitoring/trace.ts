import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** By which log lines of several services about one request find each other. */
export interface Trace {
  traceId: string;
  /** Of our part in it, new for every request. */
  spanId: string;
}

/** Version, trace-id, parent-id, trace-flags; later versions may add more after another dash (W3C Trace Context §3.2.2, §4.3). */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

/** Goes on with the trace of a valid `traceparent`; any other starts a new one (W3C Trace Context §4.3). */
export function traceOf({ traceparent }: IncomingHttpHeaders): Trace {
  return { traceId: givenTraceId(traceparent) ?? randomHex(), spanId: randomHex().slice(16) };
}

/** Sent twice it is a list, by Node joined with a comma, and no traceparent at all. */
function givenTraceId(traceparent: string | string[] | undefined): string | null {
  const [, version, traceId, parentId, more] = TRACEPARENT.exec(String(traceparent)) ?? [];
  if (!traceId || !parentId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return null;
  if (version === 'ff' || (version === '00' && more !== undefined)) return null;
  return traceId;
}

/** 16 bytes, of a supply that is filled many at a time: two requests for randomness for each of ours would show. Never all zeros, which would be no id. */
const randomHex = () => randomUUID().replaceAll('-', '');
