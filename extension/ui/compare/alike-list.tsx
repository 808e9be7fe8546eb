import type { Run } from '#protocol/run.ts';

import { sayCount } from '../counts.ts';
import { alikeSettings } from './alike-settings.ts';
import { isRecorded, labelOf, valueIn } from './difference-words.ts';
import { Fold } from './fold.tsx';

/** Under what both runs were made: it is no difference, and worth knowing all the same. */
export function AlikeSettings({ reference, run }: { reference: Run; run: Run }) {
  const alike = alikeSettings(reference, run).map((one) => ({
    label: labelOf(one),
    value: one.what === 'profile' ? run.profile.name : valueIn(one, one.value),
    recorded: one.what !== 'profile' && isRecorded(one),
  }));
  if (alike.length === 0) return null;
  const title = sayCount('compare.alike_settings', alike.length);
  return (
    <Fold title={title} gist={alike.map(({ value }) => value).join(' · ')}>
      <dl class="alike-settings">
        {alike.map(({ label, value, recorded }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class={recorded ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
