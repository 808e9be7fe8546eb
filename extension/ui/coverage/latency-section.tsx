import './latency-section.css';
import type { ComponentChildren } from 'preact';
import type { LatencyReply } from '#protocol/coverage-api.ts';

import { sayCount, spellCount, spellMs } from '../counts.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { latency } from './coverage-state.ts';
import { axisEnd, barsOf, FEW_SAMPLES } from './latency-scale.ts';

/** How long legs and hops took, as bars on one axis and as figures. */
export function LatencySection({ onRetry }: { onRetry: () => void }) {
  const { state, problem, answer } = latency.now.value;
  return (
    <section class="card latency" aria-labelledby="latency-title" aria-busy={state === 'loading'}>
      <header>
        <h2 id="latency-title">{say('coverage.latency')}</h2>
        <span class="dim small num">{answer ? ofRuns(answer.value.runs) : null}</span>
      </header>
      {problem ? (
        <div class="latency-note">
          <ProblemNote problem={problem} />
          <button type="button" class="secondary" id="retry-latency" onClick={onRetry}>
            {say('history.retry')}
          </button>
        </div>
      ) : answer ? (
        <Bars reply={answer.value} />
      ) : (
        <div class="latency-wait" />
      )}
    </section>
  );
}

function ofRuns(runs: number): string {
  if (runs === 0) return say('coverage.latency_of_none');
  return sayCount('coverage.latency_of', runs);
}

function Bars({ reply }: { reply: LatencyReply }) {
  const { legs, roles } = reply;
  if (legs.length + roles.length === 0) return <p class="latency-note dim">{say('coverage.latency_none')}</p>;
  const end = axisEnd(reply);
  return (
    <table>
      <thead>
        <tr>
          <td />
          <td class="axis num" aria-hidden="true">
            <span>0</span>
            <span>{spellMs(end / 2)}</span>
            <span>{spellMs(end)}</span>
          </td>
          <th scope="col">{say('coverage.p50')}</th>
          <th scope="col">{say('coverage.p95')}</th>
          <th scope="col">{say('coverage.samples')}</th>
        </tr>
      </thead>
      <Group title={say('coverage.latency_legs')} shown={legs.length > 0}>
        {legs.map(({ leg, ...line }) => (
          <Line key={leg} name={say(`leg.${leg}`)} line={line} end={end} />
        ))}
      </Group>
      <Group title={say('coverage.latency_roles')} shown={roles.length > 0}>
        {roles.map(({ role, ...line }) => (
          <Line key={role} name={say(`role.${role}`)} line={line} end={end} />
        ))}
      </Group>
    </table>
  );
}

function Group({ title, shown, children }: { title: string; shown: boolean; children: ComponentChildren }) {
  if (!shown) return null;
  return (
    <tbody>
      <tr class="group">
        <th colSpan={5} scope="rowgroup">
          {title}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

interface LineShown {
  name: string;
  line: { count: number; p50Ms: number; p95Ms: number };
  end: number;
}

function Line({ name, line, end }: LineShown) {
  const { p50, p95 } = barsOf(line, end);
  const few = line.count < FEW_SAMPLES;
  return (
    <tr class={few ? 'few' : ''}>
      <th scope="row">{name}</th>
      <td class="bars" aria-hidden="true">
        <svg width="100%" height="14" role="presentation">
          <rect class="rail" width="100%" height="14" rx="3" />
          <rect class="p95" width={`${p95}%`} height="14" rx="3" />
          <rect class="p50" width={`${p50}%`} height="14" rx="3" />
        </svg>
      </td>
      <td class="num">{spellMs(line.p50Ms)}</td>
      <td class="num">{spellMs(line.p95Ms)}</td>
      <td class="num">{few ? say('coverage.only', [spellCount(line.count)]) : spellCount(line.count)}</td>
    </tr>
  );
}
