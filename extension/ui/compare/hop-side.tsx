import type { Hop } from '#protocol/hop.ts';
import { statusTone } from '../chain/hop-line.tsx';
import { HostName } from '../chain/host-name.tsx';
import { spellCount, spellMs } from '../counts.ts';
import { MaskedText } from '../detail/masked-text.tsx';
import { urlParts } from '../detail/url-parts.ts';
import { say } from '../words.ts';

/** A hop of one of the two chains, under its own number. */
export function HopSide({ hop }: { hop: Hop }) {
  const { scheme, host, path } = urlParts(hop.url);
  const byBrowser = hop.madeBy === 'browser';
  // Nobody was asked, and Firefox makes up no status for it.
  const unsaid = byBrowser && hop.status === null;
  return (
    <div class="hop-side">
      <span class="n num">
        {say(byBrowser ? 'compare.after_hop' : 'compare.hop', [spellCount(hop.index)])}
      </span>
      <span class={`status ${unsaid ? 'go' : statusTone(hop)}`}>
        {unsaid ? '⇢' : (hop.status ?? say('compare.no_answer'))}
      </span>
      <HostName host={host} />
      <span class="about">
        {scheme === 'http' ? <b class="http">{say('note.plain_http')} · </b> : null}
        <em>{say(`role.${hop.role}`)}</em>
        {byBrowser ? ` · ${say('row.browser_made')}` : null}
        {hop.durationMs === null || byBrowser ? null : <span class="num"> · {spellMs(hop.durationMs)}</span>}
        {path && path !== '/' ? (
          <>
            {' · '}
            <span class="path">
              <MaskedText text={path} />
            </span>
          </>
        ) : null}
      </span>
    </div>
  );
}
