import './run-row.css';
import type { RunSummary } from '#protocol/history-api.ts';

import { ReferenceMark } from '../compare/reference-mark.tsx';
import { PinIcon } from '../icons.tsx';
import { EXPECTED_ICONS } from '../verdict/expected-icons.ts';
import { say } from '../words.ts';
import { circumstancesOf, extentOf, rowWords, stoppedAt } from './row-words.ts';
import { dayOf, timeOf, utcOf } from './run-times.ts';

interface Shown {
  run: RunSummary;
  href: string;
  chosen: boolean;
  /** Of all rows one is reached with Tab; arrows lead from there to the others. */
  tabbable: boolean;
}

/** One run in one link: opened with a click or Enter, in a tab of its own as any link is. */
export function RunRow({ run, href, chosen, tabbable }: Shown) {
  const { tone, icon, word, title } = rowWords(run);
  const circumstances = circumstancesOf(run);
  return (
    <a
      class={`run-row ${tone}`}
      href={href}
      data-run={run.id}
      data-verdict={run.verdict ?? ''}
      aria-current={chosen ? 'true' : undefined}
      tabIndex={tabbable ? 0 : -1}
    >
      <span class="verdict-word">
        <span class="sign" aria-hidden="true">
          {icon}
        </span>
        {word}
      </span>
      <span class="told">
        <b class="title">{title}</b>
        <ReferenceMark run={run} />
        {run.pinned ? (
          <span class="pin" title={say('history.pinned')}>
            <PinIcon />
            <span class="unseen">{say('history.pinned')}</span>
          </span>
        ) : null}
      </span>
      <Facts run={run} />
      <span class="where" title={circumstances.join(' · ')}>
        {circumstances.join(' · ')}
      </span>
      <span class="extent num">{extentOf(run).join(' · ')}</span>
      <time class="when num" dateTime={new Date(run.startedAt).toISOString()} title={utcOf(run)}>
        <span class="time">{timeOf(run)}</span> <span class="day">{dayOf(run)}</span>
      </time>
    </a>
  );
}

function Facts({ run }: { run: RunSummary }) {
  const rest = [run.mask ?? say('history.no_number'), stoppedAt(run), run.profileName]
    .filter(Boolean)
    .join(' · ');
  return (
    <span class="facts">
      {run.origin === 'live' ? null : <span class="origin">{say(`run.${run.origin}`)}</span>}
      {run.expected ? (
        <span class={`result ${run.expected}`} data-expected={run.expected}>
          <span aria-hidden="true">{EXPECTED_ICONS[run.expected]} </span>
          {say(`expected.${run.expected}`)}
          {run.expectation === 'match' ? null : `: ${say(`must_end.${run.expectation}`)}`}
        </span>
      ) : null}
      <span class="rest" title={rest}>
        {rest}
      </span>
    </span>
  );
}
