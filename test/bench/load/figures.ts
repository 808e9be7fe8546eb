import { readFileSync } from 'node:fs';

import type { Done } from './verifications.ts';

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What the backend added to each: all but what it waited for the operator. */
export const addedMs = (done: readonly Done[]) => done.map(({ ms, upstreamMs }) => ms - (upstreamMs ?? 0));

export const round = (value: number) => Math.round(value * 10) / 10;

/** Processor time so far, in ms (Linux, whose tick is 10 ms). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory at its highest, in MiB (Linux). */
export function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}
