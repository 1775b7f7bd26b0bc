/**
 * What this process has computed so far, on all its threads, in milliseconds. Unlike time on the clock it says the same on a machine that
 * others keep busy. In Node.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
