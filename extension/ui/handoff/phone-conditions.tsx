import '../conditions/conditions.css';

import { BEARERS, type StatedDraft, tidy } from '../../runner/conditions.ts';
import { statedWords, valueWords } from '../conditions/condition-words.ts';
import { RoamingAndVpn } from '../conditions/roaming-and-vpn.tsx';
import { Segments } from '../conditions/segments.tsx';
import { TextCondition } from '../conditions/text-condition.tsx';
import { say } from '../words.ts';

const OF_A_PHONE = BEARERS.filter((one) => one !== 'wired');

interface Shown {
  stated: StatedDraft;
  operators: string[];
  onState: (changed: StatedDraft) => void;
}

/** What a person at this screen knows of the phone. Nothing of it can be observed from here, so all of it is stated. */
export function PhoneConditions({ stated, operators, onState }: Shown) {
  const { operator, bearer, roaming, vpn, device, place, campaign } = stated;
  const told = statedWords(tidy(stated));
  return (
    <details class="phone-conditions" id="phone-conditions">
      <summary>
        <span class="label">{say('handoff.conditions')}</span>
        <span class="dim small">{told.length > 0 ? told.join(' · ') : say('conditions.none')}</span>
      </summary>
      <div class="parts">
        <Segments
          name="bearer"
          label={say('condition_label.bearer')}
          none={say('conditions.not_stated')}
          options={OF_A_PHONE.map((value) => ({ value, label: valueWords('bearer', value) }))}
          chosen={bearer}
          onChoose={(value) => onState({ bearer: value })}
        />
        <RoamingAndVpn roaming={roaming} vpn={vpn} onState={onState} />
        <div class="pair-of">
          <TextCondition
            name="operator"
            value={operator}
            suggested={operators}
            onText={(text) => onState({ operator: text })}
          />
          <TextCondition name="device" value={device} onText={(text) => onState({ device: text })} />
        </div>
        <div class="pair-of">
          <TextCondition name="place" value={place} onText={(text) => onState({ place: text })} />
          <TextCondition name="campaign" value={campaign} onText={(text) => onState({ campaign: text })} />
        </div>
      </div>
    </details>
  );
}
