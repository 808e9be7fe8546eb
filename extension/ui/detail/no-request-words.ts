import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';

/** The one request of a chain that nobody makes, and where its code goes instead; or, where another device walked it, that it was made. */
export function noRequestWords({ ownerId, capture }: Run): string {
  if (capture === 'handoff') return say('detail.request_of_phone');
  return say(ownerId === 'inspected' ? 'detail.no_request_inspected' : 'detail.no_request');
}
