import { expect, test } from 'vitest';

import { beginRun } from '#protocol/begin-run.ts';
import type { NewRunEvent, RunEvent } from '#protocol/run-events.ts';

import type { Handoff } from '../../../extension/runner/handoff.ts';
import { handoffAtStart, inTrouble, withHandoffEvent } from '../../../extension/runner/handoff-state.ts';
import { stepOf } from '../../../extension/runner/handoff-step.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';

const told = runOf(profileAt('https://api.example'), { capture: 'handoff' });
const created = beginRun({ ...told, capture: 'handoff' });
const offer = { link: 'https://verify.example/h/x', expiresAt: 600_000 };
const stamped = (event: NewRunEvent, sequence: number) => ({ ...event, sequence, at: sequence }) as RunEvent;
const events: RunEvent[] = [
  stamped({ type: 'created', run: created }, 1),
  ...(['waiting', 'authorizing', 'code_received', 'redeeming', 'verifying'] as const).map((phase, at) =>
    stamped({ type: 'phase', phase }, at + 2),
  ),
  stamped({ type: 'ended', verdict: 'match', failure: null, cause: null }, 7),
];
const first = { ...created, events: [{ sequence: 1, at: 1, type: 'created' as const, leg: null }] };

test('a hand-off goes from its link to its verdict, step by step', () => {
  let now: Handoff = handoffAtStart(first, offer);
  const steps = events.map((event) => {
    now = withHandoffEvent(now, event);
    return stepOf(now.run);
  });
  expect(steps).toEqual(['link', 'link', 'opened', 'code', 'token', 'number', 'verdict']);
  expect(now).toMatchObject({ stage: 'done', run: { verdict: 'match' }, ...offer });
});

test('after a broken line the events come from the first again, and nothing goes back', () => {
  let now = events.slice(0, 4).reduce(withHandoffEvent, handoffAtStart(first, offer));
  now = inTrouble(now, { code: 'backend_unreachable', detail: null });
  expect(now.trouble?.code).toBe('backend_unreachable');
  const again = events.map((event) => {
    now = withHandoffEvent(now, event);
    return stepOf(now.run);
  });
  expect(again).toEqual(['code', 'code', 'code', 'code', 'token', 'number', 'verdict']);
  expect(now.trouble).toBeNull();
});
