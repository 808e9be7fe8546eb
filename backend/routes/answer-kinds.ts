import * as z from 'zod/mini';

/** Answers that are no JSON, as a route's schema names them. What is sent is not checked against it: it is no value. */
const text = z.string() as z.ZodMiniType<unknown>;
const nothing = (why: string) => z.null().check(z.describe(why)) as z.ZodMiniType<unknown>;

export const EVENT_STREAM = {
  200: {
    description:
      'The events of the run from the first, live until its verdict: `id` is the sequence, `data` a RunEvent.',
    content: { 'text/event-stream': { schema: text } },
  },
} as const;

export const PAGE = {
  200: { description: 'A page for a person.', content: { 'text/html': { schema: text } } },
} as const;

export const PAGE_OR_ONWARD = { ...PAGE, 303: nothing('Onward, to Location.') } as const;

export const NOTHING = { 204: nothing('Done; there is nothing to say.') } as const;

export const METRICS = {
  200: { description: 'Prometheus, text format 0.0.4.', content: { 'text/plain': { schema: text } } },
} as const;
