import { randomUUID } from 'node:crypto';
import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Submission } from '../run-store.ts';
import { columnsOf, endColumns, flightColumns } from './run-columns.ts';

/** Events as they are added to a run, and what its columns come to with them. */
export interface Addition {
  id: string;
  /** Sequences of the first and the last. */
  first: number;
  last: number;
  /** What the run's revision is with them. */
  revision: string;
  /** JSON, as it is stored: between threads it is quicker than the events, and is not made twice. */
  events: string;
  columns: ReturnType<typeof flightColumns> | ReturnType<typeof endColumns>;
  /** All of them, where the run ends with these events: it is counted then. */
  counted: ReturnType<typeof columnsOf> | null;
}

/** `run` is the record with these events; there is at least one. */
export function additionOf(run: Run, events: readonly RunEvent[]): Addition {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new TypeError('What is added to a run is at least one event');
  const ended = run.phase === 'ended' ? columnsOf(run) : null;
  return {
    id: run.id,
    first: first.sequence,
    last: last.sequence,
    revision: randomUUID(),
    events: JSON.stringify(events),
    columns: ended ? endColumns(ended) : flightColumns(run),
    counted: events.some(({ type }) => type === 'ended') ? ended : null,
  };
}

/** A submission, and the code that it spends at an operator. */
export interface Claiming extends Submission {
  profileId: string;
  codeDigest: string | null;
}

/** A new run, as it is stored. */
export interface Made {
  row: ReturnType<typeof columnsOf> & {
    id: string;
    received_at: number;
    request_digest: string;
    revision: string;
  };
  /** JSON. */
  events: string;
}

export function madeOf(run: Run, created: RunEvent, requestDigest: string): Made {
  return {
    row: {
      ...columnsOf(run),
      ...{ id: run.id, received_at: created.at, request_digest: requestDigest, revision: randomUUID() },
    },
    events: JSON.stringify([created]),
  };
}
