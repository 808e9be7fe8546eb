import { CLAUSE, type LintRule } from './finding.ts';

/** Parameters that not every published version has. What is said of none of them is not said here either. */
const MISSING_IN: Record<string, readonly string[]> = {
  dtbs: ['mc_v2.0', 'mc_v2.1', 'mc_di_r2_v2.3', 'mc_di_v3.0'],
  response_mode: ['mc_v1.1', 'mc_v2.0', 'mc_v2.1'],
  login_hint_token: ['mc_v1.1'],
  correlation_id: ['mc_v1.1'],
};

/** A parameter of another version: ignored at best. */
export const ofVersion: LintRule = ({ first }) => {
  const version = first('version');
  return Object.entries(MISSING_IN)
    .filter(([name, versions]) => version !== null && versions.includes(version) && first(name) !== null)
    .map(([name]) => ({
      code: 'not_in_version',
      level: 'warning',
      where: name,
      given: [name, version ?? ''],
      clause: CLAUSE.mobileConnect,
    }));
};
