/** `node backend/server.ts` as a real process, with nothing in its environment but what a test puts there. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  child: ChildProcess;
  /** What it has printed so far. */
  output: { stdout: string; stderr: string };
  /** The pairing line, once it is there; rejects if the process ends without one. */
  pairingLine: Promise<string>;
  exit: Promise<number | null>;
}

const SERVER = fileURLToPath(new URL('../../backend/server.ts', import.meta.url));

/** `program` in place of the server: one that prints a pairing line as well. `openFiles`: how many it may have open. `under`: what runs it. */
export function startServer(
  env: Record<string, string>,
  cwd: string,
  program = SERVER,
  openFiles?: number,
  under: readonly string[] = [],
): ServerProcess {
  // Many starts of the same modules: compiled once, each costs half; in a run of all tests once for all of them.
  const { PATH = '', NODE_COMPILE_CACHE = path.join(cwd, 'compiled') } = process.env;
  const limit = openFiles ? ['/bin/sh', '-c', `ulimit -n ${openFiles} && exec "$0" "$@"`] : [];
  const [command = '', ...args] = [...under, ...limit, process.execPath, program];
  const child = spawn(command, args, {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const pairingLine = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      const [line, rest] = output.stdout.split('\n');
      if (line && rest !== undefined) resolve(line);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    void exit.then((code) => reject(new Error(`ended with ${code}: ${output.stderr}`)));
  });
  // Whoever only waits for the exit does not care that there was no line.
  pairingLine.catch(() => undefined);
  return { child, output, pairingLine, exit };
}
