/** Programs of a bench as child processes, which say a first message once they are ready. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface Program<T> {
  child: ChildProcess;
  said: T;
  /** Ends it as a service manager does, and returns its exit code and how long that took (ms). */
  stop(): Promise<{ code: number | null; ms: number }>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** `options` is handed over as JSON. */
export async function startProgram<T>(file: URL, options: object = {}): Promise<Program<T>> {
  const child = fork(file, [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  const gone = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const said = await Promise.race([
    once(child, 'message').then(([message]) => message as T),
    gone.then((code) => Promise.reject(new Error(`${file.pathname} ended with ${code}`))),
  ]);
  return {
    child,
    said,
    async stop() {
      const started = performance.now();
      child.kill('SIGTERM');
      const code = await gone;
      return { code, ms: performance.now() - started };
    },
  };
}

/** Asks a program something and waits for its answer. */
export async function ask<T>({ child }: Program<unknown>, question: string): Promise<T> {
  child.send(question);
  const [answer] = await once(child, 'message');
  return answer as T;
}
