/** How often this process began to connect to anything: counted where Node hands it to the system, whoever asked. */
import { createHook } from 'node:async_hooks';

export async function connectionsDuring(work: () => unknown): Promise<number> {
  let begun = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'TCPCONNECTWRAP') begun += 1;
    },
  }).enable();
  try {
    await work();
  } finally {
    hook.disable();
  }
  return begun;
}
