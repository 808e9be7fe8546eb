import { parseArgs } from 'node:util';

import { scenarios } from '../simulator/scenarios.ts';

export interface DemoOptions {
  headless: boolean;
  /** Finished runs as JSON on stdout, and nothing else there. */
  json: boolean;
  scenarios: string[];
}

/** What is run where nobody is there to play: a match, another number, and no mobile network. */
const WITHOUT_A_PERSON = ['match', 'no-match', 'wifi-access-denied'];

/** Reads the command line; throws with a sentence that says what to do. Without a display there is no other way than headless. */
export function readDemoOptions(args: string[], hasDisplay: boolean): DemoOptions {
  const values = read(args, hasDisplay);
  const names = scenarios.map(({ name }) => name);
  if (values.scenario !== undefined && !names.includes(values.scenario)) {
    throw new Error(`There is no scenario "${values.scenario}". Choose one of: ${names.join(', ')}.`);
  }
  const unattended = values.headless || values.json;
  const chosen = values.scenario ? [values.scenario] : unattended ? WITHOUT_A_PERSON : ['match'];
  return { headless: values.headless, json: values.json, scenarios: chosen };
}

function read(args: string[], hasDisplay: boolean) {
  try {
    return parseArgs({
      args,
      options: {
        headless: { type: 'boolean', default: !hasDisplay },
        json: { type: 'boolean', default: false },
        scenario: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${why}. Give --headless, --json or --scenario NAME, after "npm run demo --".`);
  }
}

export function hasDisplay(env: Record<string, string | undefined>, platform: string): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
