import type { CoverageReply } from '#protocol/coverage-api.ts';

import type { KnownValues } from '../history/more-filters.tsx';
import type { Question } from './cell-link.ts';

/** The values that the matrix shows of a condition, for a filter to choose from. */
export function knownIn(answer: { question: Question; value: CoverageReply } | null): KnownValues {
  return (name) => {
    const { rows, columns } = answer?.question ?? {};
    const cells = answer?.value.cells ?? [];
    if (name === rows) return cells.flatMap(({ row }) => row ?? []);
    return name === columns ? cells.flatMap(({ column }) => column ?? []) : [];
  };
}
