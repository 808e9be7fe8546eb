import type { Handoff } from '../../runner/handoff.ts';
import { CopyButton } from '../copy-button.tsx';
import { isLoopbackPattern, originOfLine } from '../pairing-line.ts';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { QrCode } from './qr-code.tsx';

/** The code for the phone's camera, the same as text, and how long it waits. */
export function LinkCard({ handoff: { link, expiresAt } }: { handoff: Handoff }) {
  const left = useSecondsLeft(expiresAt);
  const isOnlyHere = isLoopbackPattern(originOfLine(link) ?? '');
  return (
    <>
      <QrCode text={link} label={say('handoff.qr')} />
      <p class="link-line">
        <span class="mono" id="handoff-link">
          {link}
        </span>
        <CopyButton label={say('handoff.copy')} text={() => link} id="copy-link" />
      </p>
      <p class="small clock">
        {left > 0 ? (
          <>
            {say('handoff.waits')}{' '}
            <b class="num" role="timer" id="handoff-clock">
              {clockOf(left)}
            </b>
          </>
        ) : (
          say('handoff.run_out')
        )}
      </p>
      {isOnlyHere ? <p class="small hint">{say('handoff.only_here')}</p> : null}
    </>
  );
}

/** `9:41`. */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
