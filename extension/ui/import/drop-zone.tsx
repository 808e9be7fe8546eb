import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MOST_FILE_BYTES, MOST_RUNS } from '#protocol/file-limits.ts';

import { spellCount } from '../counts.ts';
import { spellBytes } from '../export/spell.ts';
import { ImportIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { type ImportState, importJob } from './import-job.ts';

/** Where a file goes: dropped anywhere on the page, or chosen with a button. */
export function DropZone({ now }: { now: ImportState }) {
  const over = useFileDrop();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div class="drop-zone" data-over={over} data-small={now.step !== 'idle'}>
      <ImportIcon />
      <p class="drop-words">{say(over ? 'import.drop_now' : 'import.drop')}</p>
      <button type="button" class="secondary" id="choose-file" onClick={() => picker.current?.click()}>
        {say('import.choose')}
      </button>
      <input
        ref={picker}
        type="file"
        id="file"
        hidden
        accept=".json,.har,application/json"
        onChange={({ currentTarget }) => {
          importJob.choose([...(currentTarget.files ?? [])]);
          // The same file may be chosen again once it was changed.
          currentTarget.value = '';
        }}
      />
      <p class="small dim about">
        {say('import.takes', [spellCount(MOST_RUNS), spellBytes(MOST_FILE_BYTES)])}
      </p>
      <p class="small dim about">{say('import.stays')}</p>
      {now.step === 'idle' && now.oneOnly ? (
        <p class="problem" role="alert" data-problem="one_only">
          <span class="sign" aria-hidden="true">
            !
          </span>
          {say('import.one_only')}
        </p>
      ) : null}
    </div>
  );
}

/** Whether a file is held over the page. The whole page takes it: one that misses its place would open instead of this page. */
function useFileDrop(): boolean {
  const over = useSignal(false);
  // At once: until then a file that is dropped opens instead of this page.
  useLayoutEffect(() => {
    const held = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent) => {
      if (!held(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) over.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!held(event)) return;
      event.preventDefault();
      over.value = false;
      importJob.choose([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  return over.value;
}
