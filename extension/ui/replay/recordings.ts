import browser from 'webextension-polyfill';
import type { Run } from '#protocol/run.ts';

/** The recordings that ship with the extension: a story for who has no SIM, no network and no backend. */
export const RECORDINGS = ['match', 'no-match', 'wifi-access-denied'] as const;
export type RecordingName = (typeof RECORDINGS)[number];

export function isRecording(source: string): source is RecordingName {
  return RECORDINGS.some((name) => name === source);
}

/** A file of the extension itself, which a test holds to today's schema. */
export async function readRecording(name: RecordingName): Promise<Run> {
  const response = await fetch(browser.runtime.getURL(`/recordings/${name}.json`));
  return (await response.json()) as Run;
}
