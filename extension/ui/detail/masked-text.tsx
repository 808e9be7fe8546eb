import { say } from '../words.ts';
import { splitStandIns } from './stand-ins.ts';

/** Recorded text with its stand-ins as small tokens; always text nodes, whatever an operator wrote. */
export function MaskedText({ text }: { text: string }) {
  return (
    <>
      {splitStandIns(text).map((piece, at) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span key={at} class="mask-token" title={say('detail.masked')}>
            {`${piece.label} ▪${piece.position}`}
          </span>
        ),
      )}
    </>
  );
}
