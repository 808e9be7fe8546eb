import './reference-mark.css';
import type { RunSummary } from '#protocol/history-api.ts';

import { FlagIcon } from '../icons.tsx';
import { say } from '../words.ts';

/** Says of a listed run that it is the reference chain of its profile; of any other, nothing. */
export function ReferenceMark({ run }: { run: RunSummary }) {
  if (!run.reference) return null;
  return (
    <span class="reference-mark" title={say('compare.mark_what', [run.profileName])}>
      <FlagIcon />
      {say('compare.mark')}
    </span>
  );
}
