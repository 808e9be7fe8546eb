import '../form/form.css';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { readMsisdn } from '../../runner/msisdn.ts';
import { fitsMask } from '../../runner/number-mask.ts';
import { sayCount } from '../counts.ts';
import { NumberField } from '../form/number-field.tsx';
import { type NumberError, useReadNumber } from '../form/number-reading.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { Dialog } from './dialog.tsx';

interface Shown {
  mask: string;
  country: string | null;
  onForgotten: () => void;
  onClose: () => void;
}

/** Takes a number out of all runs. The person has to know it: a mask names nobody. */
export function ForgetDialog({ mask, country, onForgotten, onClose }: Shown) {
  const forgotten = useSignal<number | null>(null);
  const close = () => {
    onClose();
    // Only now: without its number the run offers this no more, and the answer would be gone.
    if (forgotten.value) onForgotten();
  };
  return (
    <Dialog id="forget-dialog" title={say('record.forget_title')} onClose={close}>
      {forgotten.value === null ? (
        <ForgetForm
          mask={mask}
          country={country}
          onDone={(runs) => {
            forgotten.value = runs;
          }}
          onCancel={close}
        />
      ) : (
        <>
          <p role="status" data-forgotten={forgotten.value}>
            {forgottenWords(forgotten.value)}
          </p>
          <div class="dialog-choices">
            <button type="button" class="primary" id="forget-done" onClick={close}>
              {say('record.done')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface Asked {
  mask: string;
  country: string | null;
  onDone: (runs: number) => void;
  onCancel: () => void;
}

function ForgetForm({ mask, country, onDone, onCancel }: Asked) {
  const typed = useSignal('');
  const error = useSignal<NumberError | null>(null);
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const reading = useReadNumber(typed.value, country);
  const forget = async (event: Event) => {
    event.preventDefault();
    if (asking.value) return;
    const number = (await readMsisdn(typed.value, country))?.e164;
    error.value = wrongWith(typed.value, number, mask);
    if (!number || error.value) return field.current?.focus();
    asking.value = true;
    const reply = await askBackground({ type: 'forget_number', number });
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) onDone(reply.value.runs);
  };
  return (
    <form onSubmit={forget} noValidate>
      <p>{say('record.forget_what')}</p>
      <p class="small dim">{say('record.forget_why')}</p>
      <NumberField
        field={field}
        label={`${say('record.forget_number')} (${mask})`}
        text={typed.value}
        country={country}
        reading={reading}
        error={error.value}
        onText={(text) => {
          typed.value = text;
          error.value = null;
        }}
      />
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <div class="dialog-choices">
        <button type="button" class="secondary" onClick={onCancel}>
          {say('record.forget_cancel')}
        </button>
        <button type="submit" class="primary" id="forget-now" aria-disabled={asking.value}>
          {say(asking.value ? 'record.forget_asking' : 'record.forget_now')}
        </button>
      </div>
    </form>
  );
}

function wrongWith(text: string, number: string | undefined, mask: string): NumberError | null {
  if (text.trim() === '') return 'empty';
  if (!number) return 'impossible';
  return fitsMask(number, mask) ? null : 'other_run';
}

function forgottenWords(runs: number): string {
  if (runs === 0) return say('record.forgotten_none');
  return sayCount('record.forgotten', runs);
}
