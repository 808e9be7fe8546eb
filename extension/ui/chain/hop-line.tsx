import type { Hop } from '#protocol/hop.ts';
import type { SavedRun } from '../../runner/saved-run.ts';
import { spellMs } from '../counts.ts';
import { MaskedText } from '../detail/masked-text.tsx';
import { urlParts } from '../detail/url-parts.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';
import { barOf } from './time-axis.ts';
import { TimeBar } from './time-bar.tsx';

export function HopLine({ hop, wentOn, axisMs }: { hop: Hop; wentOn: boolean; axisMs: number }) {
  const { host, path } = urlParts(hop.url);
  return (
    <>
      <span class="n">{hop.index}</span>
      <span class={`status ${statusTone(hop, wentOn)}`}>{hop.status ?? '✕'}</span>
      <HostName host={host} />
      <span class="ms">{hop.durationMs === null ? '' : spellMs(hop.durationMs)}</span>
      <span class="about">
        {hop.error ? <b class="wrong">{say(`net_error.${hop.error.code}`)} · </b> : null}
        {hop.page ? <b class={wentOn ? 'paged' : 'wrong'}>{say('row.page')} · </b> : null}
        {clearText(hop) ? <b class="http">{say('note.plain_http')} · </b> : null}
        <em>{say(`role.${hop.role}`)}</em>
        {path && path !== '/' ? (
          <>
            {' · '}
            <span class="path">
              <MaskedText text={path} />
            </span>
          </>
        ) : null}
        {remarksOf(hop).map((remark) => ` · ${remark}`)}
      </span>
      <TimeBar bar={barOf(hop.startedAtMs, hop.durationMs ?? 0, axisMs)} />
    </>
  );
}

/** The hop on its way: a ghost of the row it will become. */
export function LiveLine({ hop, axisMs }: { hop: NonNullable<SavedRun['liveHop']>; axisMs: number }) {
  const { scheme, host, path } = urlParts(hop.url);
  return (
    <>
      <span class="n">{hop.index}</span>
      <span class="status">…</span>
      <HostName host={host} />
      <span class="ms">{say('row.on_its_way')}</span>
      <span class="about">
        {scheme === 'http' ? <b class="http">{say('note.plain_http')} · </b> : null}
        <em>{say(`role.${hop.role}`)}</em>
        {path && path !== '/' ? <span class="path"> · {path}</span> : null}
      </span>
      <TimeBar bar={barOf(hop.startedAtMs, axisMs - hop.startedAtMs, axisMs)} />
    </>
  );
}

/** How a hop's status is coloured: on its way, or wrong. */
export function statusTone({ status, error, page }: Hop, wentOn = false): string {
  if (status === null || error || (page && !wentOn)) return 'err';
  if (status >= 300 && status < 400) return 'go';
  return status < 300 ? 'warn' : 'err';
}

function clearText(hop: Hop): boolean {
  return urlParts(hop.url).scheme === 'http';
}

/** Plain http has its own colour and place; the other notes follow the role. */
function remarksOf(hop: Hop): string[] {
  const notes = hop.notes.filter((note) => note !== 'plain_http' && note !== 'unknown_host');
  return [
    ...notes.map((note) => say(`note.${note}`)),
    ...(hop.cookiesSet.length > 0 ? [say('row.sets_cookie')] : []),
    ...(hop.cookiesSent.length > 0 ? [say('row.cookie_returned')] : []),
  ];
}
