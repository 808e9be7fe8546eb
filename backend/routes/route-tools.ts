import type { CallBudget } from '../legs/call-budget.ts';
import type { CarryTools } from '../legs/carry-run.ts';
import type { Provider } from '../legs/provider.ts';
import type { DoorStore } from '../store/door/door-store.ts';
import type { RunLeases } from '../store/run-leases.ts';
import type { RunStore } from '../store/run-store.ts';
import type { LiveRuns } from './live-runs.ts';

/** What the routes need, handed in by `build-app.ts`. */
export interface RouteTools {
  store: RunStore;
  door: DoorStore;
  serverKey: Buffer;
  providers: ReadonlyMap<string, Provider>;
  live: LiveRuns;
  carry: CarryTools;
  leases: RunLeases;
  budget: CallBudget;
  /** Aborts when this process will not carry its runs any further. */
  stopped: AbortSignal;
  /** The origin by which others reach this backend; null on loopback. */
  publicUrl: string | null;
  /** Wall clock, milliseconds. */
  now(): number;
}
