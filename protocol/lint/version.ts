import { CLAUSE, type LintRule, shown } from './finding.ts';

/** Published, or seen at an operator. */
const VERSIONS = ['mc_v1.1', 'mc_v2.0', 'mc_v2.1', 'mc_di_r2_v2.3', 'mc_di_v3.0'];

export const version: LintRule = ({ first }) => {
  const value = first('version');
  if (value === null || VERSIONS.includes(value)) return [];
  const given = [shown(value), VERSIONS.join(', ')];
  return [{ code: 'version', level: 'error', where: 'version', given, clause: CLAUSE.mobileConnect }];
};
