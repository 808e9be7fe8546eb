import { CLAUSE, type LintRule, shown } from './finding.ts';

/** Levels of assurance 1 to 4 (ISO/IEC 29115), the wanted one first. */
export const acrValues: LintRule = ({ first, isMobileConnect }) => {
  const value = first('acr_values');
  if (value === null || !isMobileConnect || /^[1-4]( [1-4])*$/.test(value)) return [];
  return [
    {
      code: 'acr_values',
      level: 'error',
      where: 'acr_values',
      given: [shown(value)],
      clause: CLAUSE.mobileConnect,
    },
  ];
};
