import { signal } from '@preact/signals';

import {
  type Doubt,
  doubtIn,
  type KeptConditions,
  type Stated,
  sameStatement,
} from '../../runner/conditions.ts';
import { observe } from '../../runner/observed.ts';
import {
  readConditionsHeld,
  type Settings,
  watchConditionsHeld,
  writeConditionsHeld,
  writeSettings,
} from '../../runner/settings.ts';
import { settings } from '../backend-watch.ts';

/** Whether what was stated may still be believed; `undefined` until it has been read once. */
const held = signal<boolean | undefined>(undefined);

/** What the browser tells of the connection, as it stands. */
const observed = signal(observe());

/** The part of the Network Information API that is used; not every browser has it. */
interface Connection extends EventTarget {
  type?: string;
  effectiveType?: string;
}

/** Follows the conditions and every sign that they have changed, until the returned function is called. */
export function followConditions(): () => void {
  const { connection } = navigator as Navigator & { connection?: Connection };
  const kindOf = () => `${connection?.type} ${connection?.effectiveType}`;
  let kind = kindOf();
  const changed = () => {
    observed.value = observe();
    void writeConditionsHeld(false);
  };
  // It also tells of every new estimate of round trips, which says nothing of the network.
  const onConnection = () => {
    if (kindOf() !== kind) changed();
    kind = kindOf();
  };
  const stop = watchConditionsHeld((now) => {
    held.value = now;
  });
  readConditionsHeld().then((now) => {
    held.value ??= now;
  });
  connection?.addEventListener('change', onConnection);
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    stop();
    connection?.removeEventListener('change', onConnection);
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

export function keptConditions(): KeptConditions | null {
  return settings.value?.conditions ?? null;
}

export function observedNow(): ReturnType<typeof observe> {
  return observed.value;
}

/** Why to ask before the next run whether what was stated still holds. */
export function conditionsDoubt(now: number): Doubt | null {
  return doubtIn(keptConditions(), held.value ?? true, observed.value.connection, now);
}

/** Takes a person's statement. An expectation they had set themselves was for the conditions of before. */
export async function stateConditions(stated: Stated): Promise<void> {
  const before = keptConditions();
  const same = before !== null && sameStatement(before.stated, stated);
  await keep({
    conditions: { stated, at: Date.now(), connection: observed.value.connection },
    ...(same ? {} : { chosenExpectation: null }),
  });
}

/** "Still so": the statement is as good as new. */
export async function confirmConditions(): Promise<void> {
  const kept = keptConditions();
  if (kept) await stateConditions(kept.stated);
}

export function chooseExpectation(chosen: Settings['chosenExpectation']): Promise<void> {
  return writeHere({ chosenExpectation: chosen });
}

async function keep(changed: Pick<Settings, 'conditions'> & Partial<Settings>): Promise<void> {
  held.value = true;
  await Promise.all([writeHere(changed), writeConditionsHeld(true)]);
}

/** On the screen at once: whoever presses Enter right after must not get what was there before. */
function writeHere(changed: Partial<Settings>): Promise<void> {
  if (settings.value) settings.value = { ...settings.value, ...changed };
  return writeSettings(changed);
}
