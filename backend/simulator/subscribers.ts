import { createHash, createHmac } from 'node:crypto';
import type { Scenario } from './scenario.ts';

export interface Subscriber {
  /** E.164 with the plus sign. */
  number: string;
}

/** The SIM the network sees: what the gateway would learn from the header its packet gateway inserts. */
export function subscriberOnNetwork(scenario: Scenario): Subscriber | null {
  return scenario.network === 'wifi' ? null : { number: scenario.sim ?? scenario.number };
}

/**
 * Pseudonymous customer reference: stable for a subscriber at one client, and tells nothing about the number
 * (pairwise subject, OIDC Core §8.1).
 */
export function pcrOf(subscriber: Subscriber, clientId: string): string {
  const hex = createHmac('sha256', 'simulated operator')
    .update(`${clientId} ${subscriber.number}`)
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** SHA-256 over E.164 with its plus sign, lower-case hex (GSMA Mobile Connect Verified MSISDN); some operators leave the sign out. */
export function hashOfNumber(number: string, form: Scenario['hashForm'] = 'plus'): string {
  const written = form === 'plain' ? number.slice(1) : number;
  return createHash('sha256').update(written).digest('hex');
}
