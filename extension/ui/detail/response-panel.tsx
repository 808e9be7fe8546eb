import type { Header } from '#protocol/hop.ts';
import { TRACE_HEADERS } from '#protocol/trace-id.ts';
import { say } from '../words.ts';
import { Body, PairList } from './pair-list.tsx';
import type { ResponsePart } from './row-detail-parts.ts';

interface Shown {
  responses: ResponsePart[];
  /** A heading for each, where there are several. */
  titles: readonly (string | null)[];
  nothing: string;
}

export function ResponsePanel({ responses, titles, nothing }: Shown) {
  if (responses.length === 0) return <p class="dim">{nothing}</p>;
  return (
    <>
      {responses.map((response, at) => (
        <div key={at} class="part">
          {titles[at] ? <h3 class="try">{titles[at]}</h3> : null}
          <Response response={response} />
        </div>
      ))}
    </>
  );
}

function Response({ response }: { response: ResponsePart }) {
  const unanswered = response.status === null && !response.error;
  return (
    <>
      {unanswered ? <p class="dim">{say('detail.no_response')}</p> : null}
      <PairList pairs={factsOf(response)} />
      <PairList title={say('detail.headers')} pairs={tellingFirst(response.headers)} />
      {response.page?.shows.map((sign) => (
        <p key={sign} class="remark">
          {say(`page_sign.${sign}`)}
        </p>
      ))}
      {response.body ? (
        <>
          <h3>{say('detail.body')}</h3>
          <Body text={response.body} />
        </>
      ) : null}
    </>
  );
}

function factsOf({ status, ip, error, nextUrl, page, sent }: ResponsePart): Header[] {
  const facts: [string, string | null | undefined][] = [
    [say('detail.status'), status === null ? null : String(status)],
    [say('detail.error'), error && `${error.code} (${error.raw})`],
    [say('detail.resolved'), nextUrl],
    [say('detail.page_title'), page && [page.title, page.contentType].filter(Boolean).join(' · ')],
    [say('detail.ip'), ip],
    // Only worth a line where it is in doubt: it decides between a failure and an unknown outcome.
    [say('detail.sent'), sent && status === null ? say(`detail.sent_${sent}`) : null],
  ];
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

/** Location and the trace id are what people open a hop for. */
function tellingFirst(headers: Header[]): Header[] {
  const rank = ({ name }: Header) => {
    const lower = name.toLowerCase();
    return lower === 'location' ? 0 : TRACE_HEADERS.includes(lower) ? 1 : 2;
  };
  return headers.toSorted((a, b) => rank(a) - rank(b));
}
