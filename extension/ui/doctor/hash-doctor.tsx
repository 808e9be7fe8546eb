import './hash-doctor.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Run } from '#protocol/run.ts';

import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { AskAgain } from './ask-again.tsx';
import { type DoctorState, doctorState } from './doctor-state.ts';
import { doctorAnswer } from './doctor-words.ts';
import { type NumberForm, numberForms } from './number-forms.ts';

/** Whether "no" may only mean that the two sides write the number differently, and how to find out. */
export function HashDoctor({ run }: { run: Run }) {
  const title = useRef<HTMLHeadingElement>(null);
  const opened = useRef(false);
  const state = doctorState(run);
  // All of it in sight when it opens, and again when the answer has taken the place of the button that had the focus.
  useLayoutEffect(() => {
    if (document.activeElement === document.body || !opened.current)
      title.current?.focus({ preventScroll: true });
    opened.current = true;
    title.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  }, [state.kind]);
  return (
    <section class="doctor" id="hash-doctor" aria-labelledby="doctor-title" data-doctor={state.kind}>
      <h2 id="doctor-title" ref={title} tabIndex={-1}>
        {say('doctor.title')}
      </h2>
      <p class="small dim">{say('doctor.what')}</p>
      <ul class="forms">
        {numberForms(run).map((form) => (
          <FormLine key={form.name} form={form} ofProfile={form.name === run.profile.hash} />
        ))}
      </ul>
      <div aria-live="polite">
        {state.kind === 'answered' ? <Answer {...state} /> : null}
        {state.kind === 'not_allowed' ? <p class="small">{say('doctor.not_allowed')}</p> : null}
      </div>
      {state.kind === 'askable' ? <WhileAskable run={run} until={state.until} /> : null}
    </section>
  );
}

const SIGNS = { yes: '✓', no: '≠', none: '?' } as const;

function FormLine({ form, ofProfile }: { form: NumberForm; ofProfile: boolean }) {
  const { name, shown, takes, answer } = form;
  return (
    <li class={`form-line ${takes} ${answer ?? ''}`} data-form={name} data-answer={answer ?? ''}>
      <span class="mono num written">{shown}</span>
      <span class="about">
        {say(`doctor_form.${name}`)} · {say(`doctor_takes.${takes}`)}
        {ofProfile ? <b>{say('doctor.of_profile')}</b> : null}
      </span>
      {answer ? (
        <span class={`chip answer ${answer}`}>
          <span aria-hidden="true">{SIGNS[answer]} </span>
          {say(`doctor_answer.${answer}`)}
        </span>
      ) : null}
    </li>
  );
}

function Answer({ form, verified }: Extract<DoctorState, { kind: 'answered' }>) {
  const tone = verified === null ? 'warn' : verified ? 'good' : 'note';
  return (
    <p class={`answered ${tone}`} data-doctor-answer={String(verified)}>
      <span class="sign" aria-hidden="true">
        {SIGNS[verified === null ? 'none' : verified ? 'yes' : 'no']}
      </span>
      {doctorAnswer({ form, verified })}
    </p>
  );
}

function WhileAskable({ run, until }: { run: Run; until: number }) {
  const left = useSecondsLeft(until);
  return left > 0 ? (
    <AskAgain run={run} secondsLeft={left} />
  ) : (
    <p class="small" data-doctor-expired>
      {say('doctor.expired')}
    </p>
  );
}
