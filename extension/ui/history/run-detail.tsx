import '../run-view.css';
import './run-detail.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { RunFilter, RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { openRow } from '../detail/open-row.ts';
import { CrossIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { openList } from './history-list.ts';
import { originsOf } from './origins.ts';
import { RunRecord } from './run-record.tsx';
import { momentOf, utcOf } from './run-times.ts';
import { RunTools } from './run-tools.tsx';

interface Shown {
  runId: string;
  filter: RunFilter;
  /** The list stands beside it. */
  room: boolean;
}

/** Milliseconds between looks at a run that has not ended. */
const LOOK_AGAIN_MS = 2000;

/** A kept run, as the backend has it. */
export function RunDetail({ runId, filter, room }: Shown) {
  const kept = useSignal<{ run: Run; line: RunSummary } | null>(null);
  const problem = useSignal<Problem | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const read = async () => {
    const reply = await askBackground({ type: 'read_run', runId });
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) kept.value = reply.value;
  };
  // The number was in other lines as well.
  const forgotten = () => Promise.all([read(), openList(filter)]);
  useEffect(() => {
    read();
    return () => {
      openRow.value = null;
    };
  }, []);
  const underWay = kept.value !== null && kept.value.run.phase !== 'ended';
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(read, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [underWay]);
  // Alone on the page it is where the person went; beside the list they may be on their way to the next row.
  useLayoutEffect(() => {
    if (!room) title.current?.focus({ preventScroll: true });
  }, [kept.value !== null]);

  const shown = kept.value;
  const Title = room ? 'h2' : 'h1';
  return (
    <section class="run-side" aria-label={say('record.label')} data-kept={shown?.run.id ?? ''}>
      <header class="run-head">
        <a class="close" id="close-run" href={hrefOf({ page: 'runs', runId: null, filter })}>
          <CrossIcon />
          <span class={room ? 'unseen' : ''}>{say(room ? 'record.close' : 'record.back')}</span>
        </a>
        <Title ref={title} class="run-title" tabIndex={-1} title={shown ? utcOf(shown.run) : undefined}>
          {shown ? momentOf(shown.run) : say('record.loading')}
        </Title>
        {shown
          ? originsOf(shown.run, shown.line.importedAt !== null).map((origin) => (
              <span key={origin} class="origin">
                {say(`run.${origin}`)}
              </span>
            ))
          : null}
        {shown ? (
          <RunTools
            run={shown.run}
            line={shown.line}
            filter={filter}
            onLine={(line) => {
              kept.value = { ...shown, line };
            }}
          />
        ) : null}
      </header>
      <div class="run-body">
        {problem.value ? (
          <div class="list-end">
            <ProblemNote problem={problem.value} />
            <button type="button" class="secondary" id="retry-run" onClick={read}>
              {say('history.retry')}
            </button>
          </div>
        ) : null}
        {shown ? (
          <RunRecord run={shown.run} isReference={shown.line.reference} onForgotten={forgotten} />
        ) : null}
      </div>
    </section>
  );
}
