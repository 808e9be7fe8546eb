import type { Answer, EndpointOverride, Toxic } from './scenario.ts';

/** An answer that does not come through as it was given. */
export interface Troubled {
  answer: Answer;
  toxic: Toxic;
}

export type Sent = Answer | Troubled;

/** The answer as the network hands it on. */
export function through(toxic: Toxic | undefined, answer: Answer): Sent {
  return toxic ? { answer, toxic } : answer;
}

/**
 * What an endpoint sends for the request with this number (the first is 1): the scenario's answer or the honest one,
 * through the scenario's toxic.
 */
export async function played(
  override: EndpointOverride | undefined,
  request: number,
  honest: () => Answer | Promise<Answer>,
): Promise<Sent> {
  if (!override || request > (override.times ?? Number.POSITIVE_INFINITY)) return honest();
  return through(override.toxic, override.answer ?? (await honest()));
}
