import { expect, test } from 'vitest';

import { TRACE_HEADERS } from '#protocol/hop.ts';
import { asExpected, Expectation, Verdict } from '#protocol/run.ts';

import { WATCH_PORT } from '../../../extension/runner/messages.ts';
import { expectedOf } from '../../../extension/ui/as-expected.ts';
import { TRACE_NAMES } from '../../../extension/ui/trace-id.ts';
import { runOf } from './run-fixtures.ts';

/** Written twice so that the popup does not carry zod; here they are held together. */
test('the trace headers', () => {
  expect(TRACE_NAMES).toEqual(TRACE_HEADERS);
});

test('the rule of what was expected', () => {
  for (const verdict of [...Verdict.options, null]) {
    for (const expectation of Expectation.options) {
      const run = runOf({ verdict, expectation });
      expect(expectedOf(run), `${verdict} for ${expectation}`).toBe(asExpected(run));
    }
  }
});

test('the name of the port', async () => {
  // The polyfill refuses to load outside an extension.
  Object.assign(globalThis, { chrome: { runtime: { id: 'x' } }, browser: { runtime: { id: 'x' } } });
  const { WATCH_PORT_NAME } = await import('../../../extension/ui/watch-port.ts');
  expect(WATCH_PORT_NAME).toBe(WATCH_PORT);
});
