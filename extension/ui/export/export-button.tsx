import { useSignal } from '@preact/signals';

import { ExportIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { ExportDialog } from './export-dialog.tsx';
import type { Wanted } from './export-job.ts';

/** Opens the choice of formats. */
export function ExportButton({ wanted, id }: { wanted: Wanted; id: string }) {
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="text-button"
        id={id}
        title={say('line' in wanted ? 'export.run_what' : 'export.filter_what')}
        onClick={() => {
          open.value = true;
        }}
      >
        <ExportIcon />
        {say('export.open')}
      </button>
      {open.value ? (
        <ExportDialog
          wanted={wanted}
          onClose={() => {
            open.value = false;
          }}
        />
      ) : null}
    </>
  );
}
