import { CLAUSE, type LintRule } from './finding.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The one value that the operator's support can look a request up by. */
export const correlationId: LintRule = ({ first }) => {
  const value = first('correlation_id');
  if (value === null || UUID.test(value)) return [];
  const clause = CLAUSE.mobileConnect;
  return [{ code: 'correlation_id', level: 'note', where: 'correlation_id', given: [], clause }];
};
