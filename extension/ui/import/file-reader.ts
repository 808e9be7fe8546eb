import browser from 'webextension-polyfill';
import type { Run } from '#protocol/run.ts';

import type { ReaderReply, ReaderRequest, ReadFile } from '../../runner/import-reader.ts';

/** A file that is read in a thread of its own. */
export interface OpenFile {
  read: Promise<ReadFile>;
  run(at: number): Promise<Run>;
  close(): void;
}

export function openFile(file: File): OpenFile {
  const worker = new Worker(browser.runtime.getURL('import-reader.js'));
  const ask = (request: ReaderRequest) =>
    new Promise<ReaderReply>((answered, broken) => {
      worker.onmessage = ({ data }: MessageEvent<ReaderReply>) => answered(data);
      worker.onmessageerror = broken;
      // Also a thread that ran out of memory.
      worker.onerror = broken;
      worker.postMessage(request);
    });
  return {
    read: ask({ file }).then(
      (reply) => ('read' in reply ? reply.read : UNREADABLE),
      () => UNREADABLE,
    ),
    async run(at) {
      const reply = await ask({ run: at });
      if (!('run' in reply)) throw new TypeError('The reader answers a question for a run with a run');
      return reply.run;
    },
    close: () => worker.terminate(),
  };
}

const UNREADABLE: ReadFile = {
  ok: false,
  problem: { code: 'import.unreadable', index: null, field: null, found: null },
};
