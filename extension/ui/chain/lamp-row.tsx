import './lamp-row.css';
import type { SavedRun } from '../../runner/saved-run.ts';
import { spellCount, spellMs } from '../counts.ts';
import { say } from '../words.ts';
import { type Lamp, type LampState, lampsOf } from './lamps.ts';

type Tone = 'good' | 'bad' | 'note' | 'warn' | 'live' | 'off';

const TONES: Record<LampState, { tone: Tone; icon: string }> = {
  not_known: { tone: 'off', icon: '·' },
  not_seen: { tone: 'off', icon: '·' },
  recognised: { tone: 'good', icon: '✓' },
  not_recognised: { tone: 'bad', icon: '✕' },
  not_reached: { tone: 'off', icon: '–' },
  waiting: { tone: 'off', icon: '·' },
  running: { tone: 'live', icon: '…' },
  paused: { tone: 'live', icon: '❚❚' },
  checking: { tone: 'live', icon: '…' },
  passed: { tone: 'good', icon: '✓' },
  failed: { tone: 'bad', icon: '✕' },
  not_run: { tone: 'off', icon: '–' },
  unknown: { tone: 'warn', icon: '?' },
  different: { tone: 'note', icon: '≠' },
  stopped: { tone: 'warn', icon: '■' },
};

export function LampRow({ saved }: { saved: SavedRun }) {
  return (
    <ol class="lamps">
      {lampsOf(saved).map((lamp) => (
        <LampItem key={lamp.name} lamp={lamp} />
      ))}
    </ol>
  );
}

function LampItem({ lamp }: { lamp: Lamp }) {
  const { tone, icon } = TONES[lamp.state];
  const hop = lamp.state === 'running' ? lamp.hop : null;
  return (
    <li class={`lamp ${tone}`} data-lamp={lamp.name} data-state={lamp.state}>
      <b aria-hidden="true">{hop ?? icon}</b>
      <span>{say(`lamp.${lamp.name}`)}</span>
      <em>{wordOf(lamp)}</em>
    </li>
  );
}

/** How long it took is worth more than "passed", and says it as well; a failure keeps its word. */
function wordOf({ state, ms, hop }: Lamp): string {
  if (state === 'running' && hop !== null) return say('lamp_state.hop', [spellCount(hop)]);
  if (state === 'passed' && ms !== null) return spellMs(ms);
  return say(`lamp_state.${state}`);
}
