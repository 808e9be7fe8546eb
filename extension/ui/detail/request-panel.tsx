import { say } from '../words.ts';
import { MaskedText } from './masked-text.tsx';
import { Body, PairList } from './pair-list.tsx';
import type { RequestPart } from './row-detail-parts.ts';
import { urlParts } from './url-parts.ts';

interface Shown {
  requests: RequestPart[];
  /** A heading for each, where there are several. */
  titles: readonly (string | null)[];
  nothing: string | null;
}

export function RequestPanel({ requests, titles, nothing }: Shown) {
  return (
    <>
      {nothing ? <p class="dim">{nothing}</p> : null}
      {requests.map((request, at) => (
        <div key={at} class="part">
          {titles[at] ? <h3 class="try">{titles[at]}</h3> : null}
          <Request request={request} />
        </div>
      ))}
    </>
  );
}

function Request({ request: { method, url, headers, body } }: { request: RequestPart }) {
  const { scheme, host, path, parameters } = urlParts(url);
  const origin = host ? `${scheme ? `${scheme}:` : ''}//${host}` : '';
  return (
    <>
      <p class="address">
        <b>{method}</b> <MaskedText text={origin + path} />
      </p>
      <PairList title={say('detail.parameters')} pairs={parameters} />
      <PairList title={say('detail.headers')} pairs={headers} />
      {body ? (
        <>
          <h3>{say('detail.body')}</h3>
          <Body text={body} />
        </>
      ) : null}
    </>
  );
}
