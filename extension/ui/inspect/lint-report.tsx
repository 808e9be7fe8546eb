import type { LintFinding, LintLevel } from '#protocol/lint/finding.ts';

import { sayCount } from '../counts.ts';
import { lintWords, say } from '../words.ts';

interface Shown {
  findings: readonly LintFinding[];
  folded: boolean;
  onFold: (folded: boolean) => void;
}

const LEVELS: LintLevel[] = ['error', 'warning', 'note'];
const SIGNS: Record<LintLevel, string> = { error: '✕', warning: '!', note: 'i' };

/** What is wrong with the URL before anything is sent: what, where, by which rule, and what to do. */
export function LintReport({ findings, folded, onFold }: Shown) {
  if (findings.length === 0) {
    return (
      <p class="lint-clean" role="status" data-lint="clean">
        <span aria-hidden="true">✓ </span>
        {say('inspect.nothing_found')}
      </p>
    );
  }
  return (
    <details
      class="lint"
      data-lint="found"
      open={!folded}
      onToggle={(event) => onFold(!event.currentTarget.open)}
    >
      <summary>
        <b>{say('inspect.found')}</b>
        {LEVELS.map((level) => (
          <LevelCount key={level} level={level} findings={findings} />
        ))}
      </summary>
      <ul>
        {findings.map((finding) => (
          <Finding key={`${finding.code} ${finding.where}`} finding={finding} />
        ))}
      </ul>
    </details>
  );
}

function LevelCount({ level, findings }: { level: LintLevel; findings: readonly LintFinding[] }) {
  const count = findings.filter((one) => one.level === level).length;
  if (count === 0) return null;
  return (
    <span class={`level ${level}`}>
      <span aria-hidden="true">{SIGNS[level]} </span>
      {sayCount(`inspect.${level}s`, count)}
    </span>
  );
}

function Finding({ finding }: { finding: LintFinding }) {
  const { code, level, where, clause } = finding;
  const { what, cure } = lintWords(finding);
  return (
    <li class={`finding ${level}`} data-finding={code} data-level={level}>
      <span class="sign" aria-hidden="true">
        {SIGNS[level]}
      </span>
      <p>
        <span class="unseen">{say(`lint_level.${level}`)}: </span>
        <code>{where ?? say('inspect.address')}</code> {what}
      </p>
      <p class="do">
        <b>{say('inspect.do')}</b> {cure}
      </p>
      <p class="small dim clause">
        <span class="unseen">{say('inspect.by')} </span>
        {clause}
      </p>
    </li>
  );
}
