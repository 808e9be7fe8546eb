/** Connections at most, where the system lets us open any number of files. */
const MOST = 10_000;
/** What the process itself has open: its files, threads, database and the simulated operator. */
const OWN = 40;

/** How many connections are taken: each may need another one to an operator. */
export function mostConnections(openFiles = openFilesLimit()): number {
  return Math.max(8, Math.min(MOST, Math.floor((openFiles - OWN) / 2)));
}

/** Node raises the limit to what the system allows it; no number means that there is none. */
function openFilesLimit(): number {
  if (!process.report) return MOST * 3;
  // Names of hosts would be looked up for it.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: unknown } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' || typeof soft === 'string' ? Number(soft) || MOST * 3 : MOST * 3;
}
