/** Which files begin first: what is long and begins last is waited for with one core idle. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first. No more than an order: a file that is not here comes after these, the larger the earlier. */
const LONG = [
  'e2e/firefox.test.ts',
  'e2e/tab-mode.test.ts',
  'e2e/permissions.test.ts',
  'e2e/clean-start.test.ts',
  'e2e/repeat.test.ts',
  'e2e/backend-away.test.ts',
  'property/whole-run.test.ts',
  'backend/server-hardship.test.ts',
  'backend/server-stop.test.ts',
  'backend/store/power-loss.test.ts',
  'backend/evil-operator/networks.test.ts',
  'backend/evil-operator/id-token.test.ts',
  'backend/conformance/fapi.test.ts',
  'extension/ui/pages-look.test.ts',
  'backend/store/postgres-run-store.test.ts',
  'extension/ui/history-look.test.ts',
  'extension/ui/pages-doctor.test.ts',
  'extension/ui/pages-hands.test.ts',
  'extension/ui/pages-conditions.test.ts',
  'extension/ui/pages-inspect.test.ts',
  'extension/ui/xss.test.ts',
  'extension/ui/pages-handoff.test.ts',
  'backend/store/sqlite-run-store.test.ts',
  'backend/store/sqlite-file.test.ts',
  'backend/store/sqlite-spoilt.test.ts',
  'backend/two-instances.test.ts',
  'backend/store/backup.test.ts',
  'backend/server.test.ts',
  'backend/server-restart.test.ts',
  'backend/store/postgres-faults.test.ts',
  'backend/store/recount.test.ts',
];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    // Project by project, as vitest wants it.
    const projects = Map.groupBy(usual, ({ project }) => project.name);
    return [...projects.values()].flatMap((all) => all.toSorted((a, b) => placeOf(a) - placeOf(b)));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const at = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}`));
  return at < 0 ? LONG.length : at;
}
