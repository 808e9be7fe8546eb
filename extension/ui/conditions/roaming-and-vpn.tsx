import { NO_YES, type StatedDraft } from '../../runner/conditions.ts';
import { say } from '../words.ts';
import { Segments } from './segments.tsx';

interface Shown extends Pick<StatedDraft, 'roaming' | 'vpn'> {
  onState: (changed: StatedDraft) => void;
}

/** Two questions of yes, no or not said, side by side where there is room. */
export function RoamingAndVpn({ roaming, vpn, onState }: Shown) {
  const asked = { none: say('conditions.not_stated'), options: noYes() };
  return (
    <div class="pair-of">
      <Segments
        {...asked}
        name="roaming"
        label={say('condition_label.roaming')}
        chosen={roaming}
        onChoose={(value) => onState({ roaming: value })}
      />
      <Segments
        {...asked}
        name="vpn"
        label={say('condition_label.vpn')}
        chosen={vpn}
        onChoose={(value) => onState({ vpn: value })}
      />
    </div>
  );
}

const noYes = () => NO_YES.map((value) => ({ value, label: say(`no_yes.${value}`) }));
