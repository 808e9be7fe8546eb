import rateLimit, { type FastifyRateLimitStoreCtor, normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Refusal } from './failure-replies.ts';

/** A run begun; one of the many of a file of runs; one of all others; or none. */
type Counted = 'run' | 'file' | 'call' | 'nothing';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a call of this route counts as: `call` if left out. */
    counts?: Counted | ((request: FastifyRequest) => Counted);
  }
}

/** How much one caller may ask for in a minute; 0 is no limit. */
export interface RateLimits {
  /** Runs that one access key may begin. */
  runs: number;
  /** All other calls of one key; and as many again for files, which take calls by the thousand and must not keep a person from a run. */
  calls: number;
  /** Wrong keys and pairing codes from one address; then no other wrong one is answered until the minute is over. */
  refusals: number;
}

export const NO_LIMITS: RateLimits = { runs: 0, calls: 0, refusals: 0 };

interface RateLimitOptions {
  rates: RateLimits;
  /** What an address is counted under: nobody is to read addresses out of the counts. */
  digest(address: string): string;
  /** Counts of all instances; those of this process if left out. */
  store?: FastifyRateLimitStoreCtor;
}

interface RateLimiter {
  /** To be put before whatever looks at pairing codes. */
  turnAway(): void;
  /**
   * Throws where too many wrong keys came from this address. For those that are wrong themselves: a right key is let in
   * whoever else is behind the same router, and to guess one takes more than minutes.
   */
  refuseGuess(request: FastifyRequest): Promise<void>;
  /** To be put after it. */
  count(): void;
}

const MINUTE_MS = 60_000;
/** So many callers at their full rate may share one address, as a team behind one router does. */
const CALLERS_OF_ADDRESS = 20;

/**
 * How much one key and one address may ask for in a minute. Where the counts are out of reach everybody is let in: to
 * count protects from too much, and nobody should be kept out by what is there to keep the backend at work. Whatever needs
 * the store is refused by it then.
 */
export async function createRateLimiter(
  app: FastifyInstance,
  { rates, digest, store }: RateLimitOptions,
): Promise<RateLimiter> {
  await app.register(rateLimit, { global: false, skipOnError: true, ...(store ? { store } : {}) });
  // Of addresses nothing is kept but a digest, for a minute or two; of IPv6 of the half that a network has for itself.
  const addressOf = (request: FastifyRequest) => digest(normalizeIP(request.ip));
  const keyOf = ({ caller }: FastifyRequest) => caller.key?.id ?? 'local';
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  const ofKey = (max: number, name: string, said: (most: number) => string) => ({
    max,
    said: (most: number) => `This access key may ${said(most)} a minute, and it has.`,
    limiter: limit(max, (request) => `${name} ${keyOf(request)}`),
  });
  const limits = {
    run: ofKey(rates.runs, 'runs', (most) => `begin ${most} runs`),
    call: ofKey(rates.calls, 'calls', (most) => `make ${most} calls`),
    file: ofKey(rates.calls, 'files', (most) => `read or bring in ${most} runs of files`),
  };
  const ofAddress = CALLERS_OF_ADDRESS * (limits.run.max + limits.call.max + limits.file.max);
  const address = limit(ofAddress, (request) => `address ${addressOf(request)}`);
  const refusals = limit(Math.max(0, rates.refusals - 1), (request) => `refusals ${addressOf(request)}`);

  const refuseAbove = async (
    limiter: ReturnType<typeof limit>,
    request: FastifyRequest,
    said: (max: number) => string,
    increment = true,
  ) => {
    const found = await limiter(request, { increment });
    if (found.isAllowed || !found.isExceeded) return;
    const seconds = Math.max(1, found.ttlInSeconds);
    throw new Refusal('api.rate_limited', `${said(found.max)} Try again in ${seconds} s.`, seconds);
  };
  const refuseGuess = async (request: FastifyRequest) => {
    if (rates.refusals === 0) return;
    const said = () => 'Too many wrong access keys or pairing links came from this address.';
    await refuseAbove(refusals, request, said, false);
  };
  const countedAs = (request: FastifyRequest): Counted => {
    const { counts = 'call' } = request.routeOptions.config ?? {};
    return typeof counts === 'function' ? counts(request) : counts;
  };
  const isCounted = (request: FastifyRequest) => countedAs(request) !== 'nothing';

  return {
    refuseGuess,
    turnAway() {
      if (rates.refusals === 0) return;
      app.addHook('onRequest', async (request) => {
        if (isCounted(request) && request.routeOptions.config?.needs === 'nothing')
          await refuseGuess(request);
      });
      app.addHook('onError', async (request, _reply, error) => {
        const isGuess = error instanceof Refusal && GUESSES.has(error.code);
        if (isGuess && isCounted(request)) await refusals(request);
      });
    },
    count() {
      app.addHook('onRequest', async (request) => {
        const counted = countedAs(request);
        if (counted === 'nothing') return;
        const { max, limiter, said } = limits[counted];
        // Together, so that they are one question to the store.
        await Promise.all([
          rates.runs > 0 && rates.calls > 0
            ? refuseAbove(address, request, () => 'Too many calls come from this address.')
            : null,
          max > 0 && request.caller ? refuseAbove(limiter, request, said) : null,
        ]);
      });
    },
  };
}

const GUESSES: ReadonlySet<string> = new Set(['api.unauthorized', 'api.pairing_invalid']);
