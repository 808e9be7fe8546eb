import './run-list.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { RunFilter, RunSummary } from '#protocol/history-api.ts';

import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import { historyList, loadMore, show } from './history-list.ts';
import { ListEnd } from './list-end.tsx';
import { moveInList } from './move-in-list.ts';
import { countOf, inSight } from './run-pages.ts';
import { RunRow } from './run-row.tsx';

interface Shown {
  filter: RunFilter;
  chosen: string | null;
  /** Behind the run that is open, where there is no room for both. */
  hidden: boolean;
}

/** Rows until the first has been measured. */
const GUESSED_PX = 62;

/** The rows that are in sight and as many again around them; all others are room. */
export function RunList({ filter, chosen, hidden }: Shown) {
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useSignal({ top: 0, height: 800, row: GUESSED_PX });
  const reached = useSignal<string | null>(null);
  const { pages, state } = historyList.value;

  const measure = () => {
    const box = scroller.current;
    // To look at it makes the browser lay it out, which is not worth it before there is something in it.
    if (!box || historyList.peek().pages.length === 0 || box.clientHeight === 0) return;
    const row = box.querySelector<HTMLElement>('.run-row')?.offsetHeight ?? seen.peek().row;
    const next = { top: box.scrollTop, height: box.clientHeight, row };
    if (JSON.stringify(next) !== JSON.stringify(seen.peek())) seen.value = next;
  };
  useLayoutEffect(measure);
  useEffect(() => {
    const watch = new ResizeObserver(measure);
    if (scroller.current) watch.observe(scroller.current);
    return () => watch.disconnect();
  }, []);
  // A box that was not drawn has forgotten how far it was scrolled.
  useLayoutEffect(() => {
    if (!hidden && scroller.current) scroller.current.scrollTop = seen.peek().top;
  }, [hidden]);
  const asked = JSON.stringify(filter);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [asked]);

  const { top, height, row } = seen.value;
  const sight = inSight(pages, row, top, height);
  useEffect(() => {
    if (pages.length === 0) return;
    show(sight.first, sight.last);
    // By now there may be more than when this was drawn.
    if (sight.last === historyList.peek().pages.length - 1) loadMore();
  }, [sight.first, sight.last, pages.length, state]);

  const rows = pages
    .slice(sight.first, sight.last + 1)
    .flatMap(({ rows, count }) => rows ?? blank(count))
    .slice(sight.from - sight.before, sight.to - sight.before);
  const drawn = rows.flatMap((run) => run ?? []);
  const tabbable = [reached.value, chosen].find((id) => drawn.some((run) => run.id === id)) ?? drawn[0]?.id;
  const known = countOf(pages);
  const total = pages.at(-1)?.next === null ? known : -1;
  return (
    <div class="scroller" ref={scroller} onScroll={measure}>
      <ol
        class="run-list"
        aria-label={say('history.list')}
        aria-busy={state === 'loading'}
        onFocusIn={(event) => {
          reached.value = (event.target as HTMLElement).dataset.run ?? reached.value;
        }}
        onKeyDown={moveInList}
        style={{
          paddingBlockStart: `${sight.from * row}px`,
          paddingBlockEnd: `${(known - sight.to) * row}px`,
        }}
      >
        {rows.map((run, at) => (
          <li key={run?.id ?? `blank-${at}`} aria-setsize={total} aria-posinset={sight.from + at + 1}>
            {run ? (
              <RunRow
                run={run}
                href={hrefOf({ page: 'runs', runId: run.id, filter })}
                chosen={run.id === chosen}
                tabbable={run.id === tabbable}
              />
            ) : (
              <div class="run-row blank" />
            )}
          </li>
        ))}
      </ol>
      <ListEnd filter={filter} />
    </div>
  );
}

/** Room for rows that were let go of and are being asked for again. */
function blank(count: number): (RunSummary | null)[] {
  return Array.from({ length: count }, () => null);
}
