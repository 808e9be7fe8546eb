import type { Refusal } from './scenario.ts';

/** A browser that drops cookies between hops cannot be told from another browser that was handed the URL. */
export const sessionLost: Refusal = {
  error: 'server_error',
  error_description: 'The session is lost: a cookie of an earlier hop is missing',
};
