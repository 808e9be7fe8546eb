import type { CleanStartKind } from '../clean-start-kind.ts';
import type { ConditionName } from '../condition-names.ts';
import type { CauseCode, Confidence, Cure, Owner } from '../diagnosis/cause.ts';
import type { FailureCode } from '../failure-catalogue.ts';
import type { HopRole } from '../hop.ts';
import type { LegName, LegOutcome } from '../leg.ts';
import type { Condition, Expectation, Run, Verdict } from '../run.ts';
import type { Expected } from '../run-reading.ts';

/** Headings and field names of the files a person reads. */
export type ExportLabel =
  | 'title'
  | 'runs'
  | 'run'
  | 'tool'
  | 'exporting_browser'
  | 'exported_at'
  | 'time_zone'
  | 'filter'
  | 'redacted'
  | 'simulated'
  | 'imported'
  | 'replayed'
  | 'partial'
  | 'started_at'
  | 'local_day'
  | 'profile'
  | 'profile_hash'
  | 'capture'
  | 'clean_start'
  | 'origin'
  | 'scenario'
  | 'number'
  | 'verdict'
  | 'expectation'
  | 'outcome'
  | 'cause'
  | 'seen'
  | 'owner'
  | 'cure'
  | 'operator_said'
  | 'duration_ms'
  | 'correlation_id'
  | 'run_id'
  | 'conditions'
  | 'condition'
  | 'value'
  | 'basis'
  | 'known_since'
  | 'chain'
  | 'hop'
  | 'host'
  | 'role'
  | 'status'
  | 'time_ms'
  | 'trace_id'
  | 'made_by_browser'
  | 'backend'
  | 'chain_end'
  | 'legs'
  | 'leg'
  | 'checks'
  | 'check'
  | 'result'
  | 'clause'
  | 'expected_value'
  | 'actual_value';

/** What there is to word, by the closed list its codes come from. */
export interface WordKinds {
  label: ExportLabel;
  verdict: Verdict | 'under_way';
  expectation: Expectation;
  expected: Expected;
  failure: FailureCode;
  cause: CauseCode;
  owner: Owner;
  cure: Cure;
  confidence: Confidence;
  condition: ConditionName | 'tag';
  basis: Condition['basis'];
  origin: Run['origin'];
  capture: Run['capture'];
  clean_start: CleanStartKind;
  role: HopRole;
  chain_end: NonNullable<Run['chainEnd']>['kind'];
  leg: LegName;
  leg_outcome: LegOutcome;
  check_result: Run['legs'][number]['checks'][number]['result'];
}

/** The words of a file in a person's language. Whoever exports brings them, so that formats stay pure. */
export interface ExportWords {
  /** BCP 47. */
  locale: string;
  word<Kind extends keyof WordKinds>(kind: Kind, code: WordKinds[Kind]): string;
}
