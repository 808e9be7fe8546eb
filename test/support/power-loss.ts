/** What a disk would hold after a power cut, by every write and every flush that a program made of its files. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Sees the system calls of a program. Debian has it; elsewhere what rests on it cannot be tested. */
export const STRACE = '/usr/bin/strace';
export const hasStrace = process.platform === 'linux' && existsSync(STRACE);

type Change = { at: number; bytes: Buffer } | { size: number } | 'unlinked';

interface Disk {
  /** What is certainly there, and what was written since the last flush. */
  files: Map<string, { safe: Buffer | null; since: Change[] }>;
}

/** Lines that were written to the file of notes so far, and the disk as it is then. */
export interface Moment {
  notes: string[];
  disk: Disk;
}

/** Runs a program of ours under strace and returns the lines about these files. */
export async function traced(program: string, args: string[], files: string[], env = {}): Promise<string[]> {
  const output = `${files[0]}.trace`;
  const calls = 'trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink';
  const flags = ['-f', '-y', '-xx', '-s', '1000000', '--seccomp-bpf', '-e', calls, '-o', output];
  const only = files.flatMap((file) => ['-P', file]);
  const child = spawn(STRACE, [...flags, ...only, process.execPath, program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`ended with ${code}: ${said}`);
  return readFileSync(output, 'latin1').split('\n');
}

/** Calls `look` after each call that was traced. A flush counts once it has returned, and for what was written before it. */
export function replay(lines: readonly string[], notesFile: string, look: (moment: Moment) => void): void {
  const disk: Disk = { files: new Map() };
  const notes: string[] = [];
  /** By thread: what its flush under way will have made certain. */
  const flushing = new Map<string, () => void>();
  const fileOf = (name: string) => {
    const known = disk.files.get(name) ?? { safe: null, since: [] };
    disk.files.set(name, known);
    return known;
  };
  for (const line of lines) {
    const [, thread = '', call = '', rest = ''] = /^(\d+) +(?:<\.\.\. )?(\w+)(.*)$/.exec(line) ?? [];
    const isEnd = rest.startsWith(' resumed');
    if (isEnd) flushing.get(thread)?.();
    flushing.delete(thread);
    const name = path.basename(
      unhex(/^\((?:\d+<([^>]*)>|"([^"]*)")/.exec(rest)?.slice(1).join('') ?? '').toString(),
    );
    if (isEnd || name === '') {
      if (isEnd) look({ notes, disk });
      continue;
    }
    const data = unhex(/, "([^"]*)"/.exec(rest)?.[1] ?? '');
    const number = Number(/, (\d+)(?:\)| <unfinished)/.exec(rest)?.[1] ?? 0);
    if (name === path.basename(notesFile)) notes.push(...data.toString().split('\n').filter(Boolean));
    else if (call === 'pwrite64') fileOf(name).since.push({ at: number, bytes: data });
    else if (call === 'ftruncate') fileOf(name).since.push({ size: number });
    else if (call === 'unlink') fileOf(name).since.push('unlinked');
    else if (call === 'fsync' || call === 'fdatasync') {
      const file = fileOf(name);
      const until = file.since.length;
      const flush = () => {
        file.safe = file.since.splice(0, until).reduce(changed, file.safe);
      };
      if (rest.includes('<unfinished')) flushing.set(thread, flush);
      else flush();
    }
    look({ notes, disk });
  }
}

/** Puts what is left into a folder: what was flushed, and of the rest what `survives` says. */
export function leaveBehind({ files }: Disk, folder: string, survives: (change: Change) => boolean): void {
  for (const [name, { safe, since }] of files) {
    const left = since.filter(survives).reduce(changed, safe);
    if (left) writeFileSync(path.join(folder, name), left);
  }
}

function changed(before: Buffer | null, change: Change): Buffer | null {
  if (change === 'unlinked') return null;
  const old = before ?? Buffer.alloc(0);
  const size = 'size' in change ? change.size : Math.max(old.length, change.at + change.bytes.length);
  const after = Buffer.alloc(size);
  old.copy(after);
  if ('bytes' in change) change.bytes.copy(after, change.at);
  return after;
}

const unhex = (text: string) => Buffer.from(text.replaceAll('\\x', ''), 'hex');
