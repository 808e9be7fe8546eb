import type { FailureCode } from './failure-catalogue.ts';

/**
 * What this browser, device or backend refused or lost. A closed list: such a run says nothing of the operator, so it is
 * neither as expected nor not, and makes no share.
 */
const OWN_FAILURES = [
  'authorize.no_host_permission',
  'authorize.permission_revoked',
  'authorize.offline',
  'authorize.network_changed',
  'authorize.blocked_by_client',
  'authorize.listener_not_ready',
  'callback.code_expired_locally',
  'authorize.address_forbidden',
  'token.address_forbidden',
  'idtoken.address_forbidden',
  'premiuminfo.address_forbidden',
  'token.budget_spent',
  'premiuminfo.budget_spent',
] as const satisfies readonly FailureCode[];
export type OwnFailure = (typeof OWN_FAILURES)[number];

export function isOwnFailure(code: string | undefined): code is OwnFailure {
  return (OWN_FAILURES as readonly (string | undefined)[]).includes(code);
}
