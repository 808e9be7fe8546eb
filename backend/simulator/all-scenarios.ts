import { chainFaults } from './faults/chain-faults.ts';
import { endpointFaults } from './faults/endpoint-faults.ts';
import type { FaultScenario, Scenario } from './scenario.ts';
import { scenarios as stories } from './scenarios.ts';

const faults: readonly FaultScenario[] = [...chainFaults, ...endpointFaults];

/** All that the operator can play. Faults are numbered in order, below the stories in Ofcom's range for drama. */
export const allScenarios: readonly Scenario[] = [
  ...stories,
  ...faults.map((fault, at) => ({ ...fault, number: `+447700900${String(at).padStart(3, '0')}` })),
];
