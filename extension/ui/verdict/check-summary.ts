import type { Check } from '#protocol/check.ts';
import { sayCount, spellCount } from '../counts.ts';
import { say } from '../words.ts';
import type { CheckCount } from './check-count.ts';

/** `10 checks passed, 1 not checked`; failed checks by name, because the name is what one looks for. */
export function checkCounts(count: CheckCount, checks: readonly Check[]): string {
  const failed = checks.filter((check) => check.result === 'failed').map((check) => check.name);
  return [
    failed.length > 0 ? say('row.checks_failed', [failed.join(', ')]) : null,
    count.passed > 0 ? sayCount('row.checks_passed', count.passed) : null,
    count.warned > 0 ? say('chip.warned', [spellCount(count.warned)]) : null,
    count.not_checked > 0 ? say('chip.not_checked', [spellCount(count.not_checked)]) : null,
  ]
    .filter(Boolean)
    .join(', ');
}
