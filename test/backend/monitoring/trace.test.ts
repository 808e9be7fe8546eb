import { expect, test } from 'vitest';

import { traceOf } from '../../../backend/monitoring/trace.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

test('a valid traceparent is gone on with, under a span of our own (W3C Trace Context §3.2)', () => {
  const { traceId, spanId } = traceOf({ traceparent: `00-${TRACE}-${PARENT}-01` });
  expect(traceId).toBe(TRACE);
  expect(spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(spanId).not.toBe(PARENT);
});

test('that of a later version is read as far as it is known (W3C Trace Context §4.3)', () => {
  expect(traceOf({ traceparent: `cc-${TRACE}-${PARENT}-01` }).traceId).toBe(TRACE);
  expect(traceOf({ traceparent: `cc-${TRACE}-${PARENT}-01-what-the-future-brings` }).traceId).toBe(TRACE);
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['capitals', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
  ['zeros for a trace', `00-${'0'.repeat(32)}-${PARENT}-01`],
  ['zeros for a parent', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['the version that is none', `ff-${TRACE}-${PARENT}-01`],
  ['more than version 00 has', `00-${TRACE}-${PARENT}-01-x`],
  ['a tail without its dash', `cc-${TRACE}-${PARENT}-01x`],
  ['two of them', `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`],
  ['a log line', `00-${TRACE}-${PARENT}-01\n{"level":60}`],
])('%s begins a new trace (W3C Trace Context §4.3)', (_name, traceparent) => {
  const { traceId } = traceOf(traceparent === undefined ? {} : { traceparent });
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(traceId).not.toBe(TRACE);
  expect(traceId).not.toBe(traceOf({}).traceId);
});
