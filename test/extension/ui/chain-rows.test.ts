import { describe, expect, test } from 'vitest';

import { rowsOf, tellingRow } from '../../../extension/ui/chain/chain-rows.ts';
import { axisEnd, barOf } from '../../../extension/ui/chain/time-axis.ts';
import { moments } from './moments.ts';

const ids = (name: keyof typeof moments) => rowsOf(moments[name]).map((row) => `${row.kind} ${row.id}`);

describe('the rows of a run', () => {
  test('hops, the callback, then the two legs', () => {
    expect(ids('match')).toEqual([
      'hop hop-1',
      'hop hop-2',
      'hop hop-3',
      'hop hop-4',
      'hop hop-5',
      'end chain-end',
      'leg leg-token',
      'leg leg-premiuminfo',
    ]);
  });

  test('the hop on its way is a row before it has an answer, and the same row after', () => {
    expect(ids('walking').at(-1)).toBe('live hop-3');
    const { liveHop } = moments.walking;
    const answered = { ...moments.match, stage: 'walking' as const, liveHop };
    expect(rowsOf(answered).filter((row) => row.id === 'hop-3')).toHaveLength(1);
  });

  test('what the browser did stands between two numbers', () => {
    expect(ids('failed').slice(1, 4)).toEqual(['hop hop-2', 'browser between-2', 'hop hop-3']);
  });

  test('a run cut short says where', () => {
    expect(ids('cancelled')).toEqual(['hop hop-1', 'hop hop-2', 'end chain-end']);
  });

  test.each([
    ['failed', 'hop-3'],
    ['tokenFailed', 'leg-token'],
    ['match', 'leg-premiuminfo'],
    ['walking', 'hop-2'],
  ] as const)('in %s, %s tells most', (name, id) => {
    expect(tellingRow(rowsOf(moments[name]), moments[name].run)?.id).toBe(id);
  });
});

describe('the time axis', () => {
  test('ends with the last leg, and runs on while a hop is on its way', () => {
    expect(axisEnd(moments.match, 9999)).toBe(471);
    expect(axisEnd(moments.walking, 700)).toBe(700);
  });

  test('keeps every bar inside', () => {
    expect(barOf(50, 25, 100)).toEqual({ left: 50, width: 25 });
    expect(barOf(90, 50, 100)).toEqual({ left: 90, width: 10 });
    expect(barOf(-5, 5, 100)).toEqual({ left: 0, width: 5 });
  });
});
