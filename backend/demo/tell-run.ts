import { styleText } from 'node:util';
import type { Page } from 'puppeteer-core';

import type { Hop } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';

type Say = (line: string) => void;

/** Prints hops and legs of whatever run the popup shows, as they happen. */
export async function tellRuns(popup: Page, say: Say): Promise<void> {
  let told = startTelling(say);
  let runId = '';
  await popup.exposeFunction('tellRun', (json: string) => {
    const run = JSON.parse(json) as Run;
    if (run.id !== runId) told = startTelling(say);
    runId = run.id;
    told(run);
  });
  await popup.evaluate(`chrome.storage.session.onChanged.addListener(({ savedRun }) => {
    if (savedRun?.newValue) globalThis.tellRun(JSON.stringify(savedRun.newValue.run));
  })`);
}

/** Says of each state of a run what was not said before. */
function startTelling(say: Say): (run: Run) => void {
  const said = new Set<string>();
  const once = (key: string, line: string) => {
    if (said.has(key)) return;
    said.add(key);
    say(line);
  };
  return (run) => {
    for (const [at, hop] of run.hops.entries()) {
      if (hop.status !== null || hop.error !== null) once(`hop ${at}`, hopLine(hop));
    }
    if (run.chainEnd?.kind === 'callback')
      once('end', '  stop      at redirect_uri, which is never contacted');
    for (const { name, outcome, durationMs } of run.legs) {
      if (name === 'authorize' || durationMs === null || outcome === 'running' || outcome === 'not_run')
        continue;
      once(name, `  ${name.padEnd(12)}${outcome} in ${Math.round(durationMs)} ms`);
    }
  };
}

function hopLine(hop: Hop): string {
  const url = URL.parse(hop.url);
  const scheme = url?.protocol === 'http:' ? styleText('yellow', 'http ') : 'https';
  const status = hop.status ?? hop.error?.code ?? '?';
  return `  hop ${hop.index}  ${status}  ${scheme} ${url?.hostname ?? hop.url}  ${hop.role}  ${Math.round(hop.durationMs ?? 0)} ms`;
}

/** The last word on a run: verdict, and what and who where it failed. */
export function verdictLine(run: Run): string {
  const colour = run.verdict === 'match' ? 'green' : run.verdict === 'no_match' ? 'magenta' : 'red';
  const why = run.cause ? `  ${run.cause.code} (owner: ${run.cause.owner}, ${run.cause.confidence})` : '';
  return `  ${styleText([colour, 'bold'], run.verdict ?? 'none')}${run.failure ? `  ${run.failure.code}` : ''}${why}`;
}
