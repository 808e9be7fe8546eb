import { askBackground } from '../../runner/ask-background.ts';
import { answering } from './answering.ts';
import type { Question } from './cell-link.ts';

/** Kept while other pages are shown: who comes back from the runs of a cell finds the matrix as it was. */
export const coverage = answering(({ rows, columns, filter }: Question) =>
  askBackground({ type: 'coverage', query: { ...filter, rows, columns } }),
);

export const latency = answering((filter: Question['filter']) => askBackground({ type: 'latency', filter }));

export function askAll(question: Question): void {
  coverage.ask(question);
  latency.ask(question.filter);
}
