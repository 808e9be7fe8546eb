import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import {
  BEARERS,
  LONGEST_TEXT,
  MOST_TAGS,
  SHARINGS,
  type StatedDraft,
  tidy,
} from '../../runner/conditions.ts';
import { say } from '../words.ts';
import { valueWords } from './condition-words.ts';
import { keptConditions, observedNow, stateConditions } from './conditions-state.ts';
import { RoamingAndVpn } from './roaming-and-vpn.tsx';
import { Segments } from './segments.tsx';
import { TextCondition } from './text-condition.tsx';

interface Shown {
  /** Names of networks a person may choose from. */
  operators: string[];
  /** Told whether a statement was made. */
  onClose: (stated: boolean) => void;
}

/** Where a person states the conditions: mostly one tap each. Done states all of them, also those that stayed. */
export function ConditionsDialog({ operators, onClose }: Shown) {
  const stated = keptConditions()?.stated ?? {};
  const draft = useSignal<StatedDraft>(stated);
  const tags = useSignal(stated.tags?.join(', ') ?? '');
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // What changes most often; and no keyboard comes up over it on a phone.
    dialog.current?.querySelector<HTMLInputElement>('[name="bearer"]:checked')?.focus();
  }, []);

  const { browser } = observedNow();
  const none = say('conditions.not_stated');
  const set = (changed: StatedDraft) => {
    draft.value = { ...draft.value, ...changed };
  };
  // Closed first: as long as it is open, nothing beside it takes the focus.
  const leave = (made: boolean) => {
    dialog.current?.close();
    onClose(made);
  };
  const done = async (event: Event) => {
    event.preventDefault();
    await stateConditions(tidy({ ...draft.value, tags: tags.value.split(',') }));
    leave(true);
  };
  const { operator, bearer, sharing, roaming, vpn, device, place, campaign } = draft.value;
  return (
    <dialog
      class="conditions-dialog"
      ref={dialog}
      aria-labelledby="conditions-title"
      onCancel={() => leave(false)}
    >
      <form onSubmit={done}>
        <h2 id="conditions-title">{say('conditions.title')}</h2>
        <div class="parts">
          <TextCondition
            name="operator"
            value={operator}
            suggested={operators}
            onText={(text) => set({ operator: text })}
          />
          <Segments
            name="bearer"
            label={say(sharing === 'tethered' ? 'condition_label.bearer_of_phone' : 'condition_label.bearer')}
            none={none}
            options={BEARERS.map((value) => ({ value, label: valueWords('bearer', value) }))}
            chosen={bearer}
            onChoose={(value) => set({ bearer: value })}
          />
          <Segments
            name="sharing"
            label={say('condition_label.sharing')}
            none={none}
            options={SHARINGS.map((value) => ({ value, label: valueWords('sharing', value) }))}
            chosen={sharing}
            onChoose={(value) => set({ sharing: value })}
          />
          <RoamingAndVpn roaming={roaming} vpn={vpn} onState={set} />
          <div class="pair-of">
            <TextCondition name="device" value={device} onText={(text) => set({ device: text })} />
            <TextCondition name="place" value={place} onText={(text) => set({ place: text })} />
          </div>
          <div class="pair-of">
            <TextCondition name="campaign" value={campaign} onText={(text) => set({ campaign: text })} />
            <TextCondition
              name="tags"
              value={tags.value}
              longest={MOST_TAGS * (LONGEST_TEXT + 2)}
              onText={(text) => {
                tags.value = text;
              }}
            />
          </div>
          {browser ? <p class="small dim">{say('conditions.browser_observed', [browser])}</p> : null}
        </div>
        <div class="foot">
          <button type="button" class="text-button" id="conditions-cancel" onClick={() => leave(false)}>
            {say('conditions.cancel')}
          </button>
          <button type="submit" class="text-button strong last" id="conditions-done">
            {say('conditions.done')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
