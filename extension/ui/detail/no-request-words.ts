import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';

/** The one request of a chain that nobody makes, and where its code goes instead. */
export function noRequestWords({ ownerId }: Run): string {
  return say(ownerId === 'inspected' ? 'detail.no_request_inspected' : 'detail.no_request');
}
