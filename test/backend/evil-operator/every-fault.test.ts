import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { endpointFaults } from '../../../backend/simulator/faults/endpoint-faults.ts';

const root = new URL('../../..', import.meta.url).pathname;
const tests = globSync('test/backend/{evil-operator,conformance}/*.test.ts', { cwd: root })
  .map((file) => readFileSync(`${root}${file}`, 'utf8'))
  .join('\n');

test('every fault of an endpoint has a row that says what comes of it', () => {
  const unplayed = endpointFaults.map(({ name }) => name).filter((name) => !isPlayed(name));
  expect(unplayed).toEqual([]);
});

/** By its whole name, or by the part of it that a table joins to the endpoint's. */
function isPlayed(name: string): boolean {
  const [, part = ''] = /^(?:token|premiuminfo|id-token)-(.+)$/.exec(name) ?? [];
  return (
    tests.includes(`'${name}'`) || tests.includes(`\`\${leg}-${part}\``) || tests.includes(`('${part}',`)
  );
}
