import type { Scenario } from '#protocol/profile.ts';

import { say } from '../words.ts';
import { Choice } from './choice.tsx';

/** The demo's stories first, then the faults in the order in which a run could meet them. */
const GROUPS: Scenario['group'][] = ['story', 'authorize', 'callback', 'token', 'id_token', 'premiuminfo'];

interface Shown {
  scenarios: Scenario[];
  chosen: string | null;
  onChoose: (name: string) => void;
}

/** What the simulated operator is to play. */
export function ScenarioChoice({ scenarios, chosen, onChoose }: Shown) {
  const groups = GROUPS.map((group) => ({
    label: say(`scenario_group.${group}`),
    options: scenarios.filter((one) => one.group === group).map(({ name }) => ({ value: name, label: name })),
  }));
  return (
    <Choice
      id="scenario"
      label={say('form.scenario')}
      value={chosen ?? ''}
      options={groups.filter(({ options }) => options.length > 0)}
      about={scenarios.find(({ name }) => name === chosen)?.about ?? null}
      onChoose={onChoose}
    />
  );
}
