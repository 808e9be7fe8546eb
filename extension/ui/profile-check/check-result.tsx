import './profile-check.css';
import type { ProfileCheckLine } from '#protocol/profile-check.ts';
import { spellCount, spellMs } from '../counts.ts';
import { MaskedText } from '../detail/masked-text.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { failureWords, say, sayOr } from '../words.ts';
import type { CheckState } from './use-profile-check.ts';

const SIGNS: Record<ProfileCheckLine['result'], string> = {
  passed: '✓',
  failed: '✕',
  warned: '!',
  not_checked: '–',
};

/** What a profile check came to: one line for each thing that was asked, and what to do about it. */
export function CheckResult({ state }: { state: CheckState }) {
  return (
    <div class="check-result" aria-live="polite" data-profile-check={state.kind}>
      {state.kind === 'checking' ? <p class="small dim">{say('profile_check.checking')}</p> : null}
      {state.kind === 'problem' ? <ProblemNote problem={state.problem} /> : null}
      {state.kind === 'done' ? (
        <>
          <p class="small">{summaryOf(state.lines)}</p>
          <ul class="probes">
            {state.lines.map((line) => (
              <Probe key={line.name} line={line} />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function summaryOf(lines: readonly ProfileCheckLine[]): string {
  const wrong = lines.filter(({ result }) => result === 'failed' || result === 'warned').length;
  return wrong === 0
    ? say('profile_check.all_good')
    : say('profile_check.some_wrong', [spellCount(wrong), spellCount(lines.length)]);
}

function Probe({ line }: { line: ProfileCheckLine }) {
  const { name, result, seen, why, failure, owner, cure, durationMs } = line;
  return (
    <li class={`probe ${result}`} data-probe={name} data-result={result}>
      <span class="sign" aria-hidden="true">
        {SIGNS[result]}
      </span>
      <b class="name">{say(`profile_check_name.${name}`)}</b>
      <span class="outcome">
        {say(`check_result.${result}`)}
        {durationMs === null ? null : <span class="dim num"> · {spellMs(durationMs)}</span>}
      </span>
      {failure ? <span class="told">{failureWords(failure)}</span> : null}
      {why ? <span class="told dim">{sayOr(`not_checked.${why}`, why.replaceAll('_', ' '))}</span> : null}
      {seen ? (
        <span class="mono told seen">
          <MaskedText text={seen} />
        </span>
      ) : null}
      {cure ? (
        <p class="told cure">
          <b>{say('card.now')}</b> {say(`cure.${cure}`)}{' '}
          {owner ? <span class="chip soft">{say('chip.owner', [say(`owner.${owner}`)])}</span> : null}
        </p>
      ) : null}
    </li>
  );
}
