import '../form/form.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { readMsisdn } from '../../runner/msisdn.ts';
import { fitsMask } from '../../runner/number-mask.ts';
import { readSessionNumber, readSettings } from '../../runner/settings.ts';
import { NumberField } from '../form/number-field.tsx';
import { type NumberError, useReadNumber } from '../form/number-reading.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

/** The second question: what it costs, the number if this browser has let go of it, and the one button. */
export function AskAgain({ run, secondsLeft }: { run: Run; secondsLeft: number }) {
  const mask = run.number?.mask ?? '';
  const country = run.number?.country ?? run.profile.country;
  const kept = useKeptNumber(run);
  const typed = useSignal('');
  const error = useSignal<NumberError | null>(null);
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const reading = useReadNumber(typed.value, country);

  const ask = async (event: Event) => {
    event.preventDefault();
    if (asking.value || kept === undefined) return;
    asking.value = true;
    const number = kept ?? (await readMsisdn(typed.value, country))?.e164;
    error.value = number && fitsMask(number, mask) ? null : wrongWith(typed.value, number);
    if (number && !error.value) {
      const reply = await askBackground({ type: 'hash_doctor', runId: run.id, number });
      problem.value = reply.ok ? null : reply.problem;
    } else field.current?.focus();
    asking.value = false;
  };
  const label = say(run.profile.hash === 'plus' ? 'doctor.ask_plain' : 'doctor.ask_plus');
  return (
    <form class="ask" onSubmit={ask} noValidate>
      {kept === null ? (
        <NumberField
          field={field}
          label={say('doctor.number_again')}
          text={typed.value}
          country={country}
          reading={reading}
          error={error.value}
          onText={(text) => {
            typed.value = text;
            error.value = null;
          }}
        />
      ) : null}
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <div class="ask-line">
        <button
          type="submit"
          class="primary small-control"
          id="ask-again"
          disabled={kept === undefined}
          // Not disabled: the focus would be lost.
          aria-disabled={asking.value}
        >
          {asking.value ? say('doctor.asking') : label}
        </button>
        <span class="small dim num">{say('doctor.left', [spell(secondsLeft)])}</span>
      </div>
      <p class="small dim">{say('doctor.spends')}</p>
    </form>
  );
}

/**
 * The number of this run where this browser still has it, null where it has not; undefined until that is known. A phone's
 * was never kept here: what is kept and fits its mask is another's.
 */
function useKeptNumber({ number, capture }: Run): string | null | undefined {
  const mask = number?.mask ?? '';
  const isPhones = capture === 'handoff';
  const kept = useSignal<string | null | undefined>(isPhones ? null : undefined);
  useEffect(() => {
    if (isPhones) return;
    Promise.all([readSessionNumber(), readSettings()]).then(([session, { rememberedNumber }]) => {
      kept.value = [session, rememberedNumber].find((one) => one && fitsMask(one, mask)) ?? null;
    });
  }, [mask, isPhones]);
  return kept.value;
}

function wrongWith(text: string, number: string | undefined): NumberError {
  if (text.trim() === '') return 'empty';
  return number ? 'other_run' : 'impossible';
}

function spell(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
