import type { Header } from '#protocol/hop.ts';
import { TRACE_HEADERS } from '#protocol/trace-id.ts';
import { MaskedText } from './masked-text.tsx';

/** Names and values, one below the other; what support asks for stands out. */
export function PairList({ title, pairs }: { title?: string; pairs: readonly Header[] }) {
  if (pairs.length === 0) return null;
  return (
    <>
      {title ? <h3>{title}</h3> : null}
      <dl class="pairs">
        {pairs.map(({ name, value }, at) => (
          <div key={at} class={TRACE_HEADERS.includes(name.toLowerCase()) ? 'telling' : undefined}>
            <dt>{name}</dt>
            <dd>
              <MaskedText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Compact JSON is laid out; anything else is shown as it came, because an inspector must not tidy what it saw. */
export function Body({ text }: { text: string }) {
  return (
    <pre class="body-text">
      <MaskedText text={laidOut(text)} />
    </pre>
  );
}

/** Only where laying out changes white space alone: repeated names or odd numbers would not survive parsing. */
function laidOut(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    return JSON.stringify(parsed) === text ? JSON.stringify(parsed, null, 2) : text;
  } catch {
    return text;
  }
}
