import type { Header } from '#protocol/hop.ts';
import { TRACE_HEADERS } from '#protocol/trace-id.ts';
import { say } from '../words.ts';
import { Body, PairList } from './pair-list.tsx';
import type { ResponsePart } from './row-detail-parts.ts';

export function ResponsePanel({ responses, nothing }: { responses: ResponsePart[]; nothing: string }) {
  if (responses.length === 0) return <p class="dim">{nothing}</p>;
  return (
    <>
      {responses.map((response, at) => (
        <div key={at} class="part">
          {responses.length > 1 ? <h3 class="try">{say('detail.try', [String(at + 1)])}</h3> : null}
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
      {response.page?.shows.includes('number_field') ? <p class="remark">{say('detail.asks_for_number')}</p> : null}
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
