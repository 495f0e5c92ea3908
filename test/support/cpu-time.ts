/** What work costs the processor: a busy machine takes longer for it, but no more of it. */

/** In milliseconds, of all threads of this process. */
export async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
