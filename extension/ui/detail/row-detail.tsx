import './row-detail.css';
import { curlOf } from '#protocol/exports/curl-command.ts';
import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';
import { traceHeader } from '#protocol/trace-id.ts';
import type { Row } from '../chain/chain-rows.ts';
import { CopyButton } from '../copy-button.tsx';
import { say } from '../words.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { exchangeTitles } from './exchange-titles.ts';
import { noRequestWords } from './no-request-words.ts';
import type { DetailTab } from './open-row.ts';
import { RequestPanel } from './request-panel.tsx';
import { ResponsePanel } from './response-panel.tsx';
import { checksOf, detailOf, type RowDetail as Parts } from './row-detail-parts.ts';
import { TimingPanel } from './timing-panel.tsx';
import { WhyPanel } from './why-panel.tsx';

interface Shown {
  row: Row;
  run: Run;
  tab: DetailTab;
  axisMs: number;
}

/** What a row opens to, in the popup below the row and in a wide page beside the chain. */
export function RowDetail({ row, run, tab, axisMs }: Shown) {
  const parts = detailOf(row);
  const titles = exchangeTitles(row);
  const checks = checksOf(row, legOf(run, 'authorize').checks);
  return (
    <div class="detail">
      <DetailTabs rowId={row.id} tab={tab}>
        {tab === 'request' ? (
          <RequestPanel requests={parts.requests} titles={titles} nothing={noRequest(row, run)} />
        ) : null}
        {tab === 'response' ? (
          <ResponsePanel responses={parts.responses} titles={titles} nothing={noResponse(row)} />
        ) : null}
        {tab === 'timing' ? <TimingPanel {...parts} axisMs={axisMs} /> : null}
        {tab === 'why' ? <WhyPanel row={row} run={run} checks={checks} /> : null}
      </DetailTabs>
      <CopyRow row={row} parts={parts} />
    </div>
  );
}

function CopyRow({ row, parts }: { row: Row; parts: Parts }) {
  const request = row.kind === 'end' ? undefined : parts.requests.at(-1);
  const trace = traceHeader(parts.responses.at(-1)?.headers ?? [])?.value ?? null;
  if (!request && !trace) return null;
  return (
    <div class="copies">
      {request ? <CopyButton label={say('detail.copy_curl')} text={() => curlOf(request)} /> : null}
      {trace ? <CopyButton label={say('detail.copy_trace')} text={() => trace} /> : null}
    </div>
  );
}

function noRequest(row: Row, run: Run): string | null {
  if (row.kind === 'end') return row.end.kind === 'callback' ? noRequestWords(run) : null;
  return row.kind === 'leg' && row.leg.exchanges.length === 0 ? say('detail.not_run') : null;
}

function noResponse(row: Row): string {
  if (row.kind === 'end') return say('detail.nothing_asked');
  if (row.kind === 'leg') return say('detail.not_run');
  return say('detail.not_yet');
}
