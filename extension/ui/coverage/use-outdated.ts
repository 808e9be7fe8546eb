import { useRef } from 'preact/hooks';

import { savedRun } from '../run-watch.ts';

/** Whether a run of this browser has ended since the answer came: then there is something new to count. */
export function useOutdated(answeredAt: number | null): boolean {
  const saved = savedRun.value;
  const ended = saved === undefined ? undefined : saved?.stage === 'done' ? saved.run.id : null;
  const known = useRef<{ at: number | null; ended: string | null | undefined }>({
    at: null,
    ended: undefined,
  });
  if (known.current.at !== answeredAt || known.current.ended === undefined)
    known.current = { at: answeredAt, ended };
  return typeof ended === 'string' && ended !== known.current.ended;
}
