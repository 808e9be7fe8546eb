/**
 * Milliseconds of processor time that this thread needs for an act: what else the machine does is not in them, so that a
 * bound on them tells an act whose cost explodes from a machine that is busy.
 */
export async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await act();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
