import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';
import { doctorOpenFor } from './doctor-state.ts';

/** Opens the hash doctor of a run, and closes it. */
export function DoctorButton({ run }: { run: Run }) {
  const open = doctorOpenFor.value === run.id;
  return (
    <button
      type="button"
      class="secondary small-control"
      id="open-doctor"
      aria-expanded={open}
      aria-controls={open ? 'hash-doctor' : undefined}
      onClick={() => {
        doctorOpenFor.value = open ? null : run.id;
      }}
    >
      {say(open ? 'doctor.close' : 'doctor.open')}
    </button>
  );
}
