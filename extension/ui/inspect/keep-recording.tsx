import { useSignal } from '@preact/signals';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import { aboutExport } from '../export/about-export.ts';
import { saveFile } from '../export/save-file.ts';
import { say } from '../words.ts';

/** Nothing of an inspected chain outlives the browser unless it is asked for here: a file that can be imported. */
export function KeepRecording({ run }: { run: Run }) {
  const outcome = useSignal<'idle' | 'kept' | 'not_kept'>('idle');
  const keep = async () => {
    try {
      const { writeFile } = await import('../export/write-file.ts');
      const kept = [{ run, imported: false }];
      const file = await writeFile('bundle', kept, aboutExport(''), new AbortController().signal);
      if (file) saveFile(file);
      outcome.value = 'kept';
    } catch {
      outcome.value = 'not_kept';
    }
  };
  return (
    <div class="keep">
      <button type="button" class="secondary" id="keep-recording" onClick={keep}>
        {say('inspect.keep')}
      </button>
      <button
        type="button"
        class="text-button"
        id="forget-inspected"
        onClick={() => askBackground({ type: 'forget_inspected' })}
      >
        {say('inspect.forget')}
      </button>
      <p class="small dim" aria-live="polite" data-kept={outcome.value}>
        {outcome.value === 'idle' ? '' : say(`inspect.${outcome.value}`)}
      </p>
    </div>
  );
}
