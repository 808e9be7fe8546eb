import type { Answer, EndpointOverride } from './scenario.ts';

/** The answer a scenario wants instead of the honest one, for the request with this number (the first is 1). */
export function overridingAnswer(override: EndpointOverride | undefined, request: number): Answer | null {
  if (!override?.answer || request > (override.times ?? Number.POSITIVE_INFINITY)) return null;
  return override.answer;
}
