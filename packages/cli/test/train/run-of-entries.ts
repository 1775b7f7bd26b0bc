import type { LogEntry } from '../../src/train/log/log-entry.ts';

/** The log of a run as it might go: falling loss, rising scores. */
export function runOfEntries(steps: number, every: number): LogEntry[] {
  const entries: LogEntry[] = [{ event: 'start', step: 0, steps, time: '2026-01-01T00:00:00Z', backend: 'wasm' }];
  for (let step = 1; step <= steps; step++) {
    const progress = step / steps;
    const loss = 2.4 * Math.exp(-4 * progress) + 0.4 + 0.15 * Math.sin(step * 7.3);
    entries.push({ event: 'step', step, loss, learningRate: 0.02 * (1 - progress) ** 0.9, seconds: 1.2 });
    if (step % every === 0)
      entries.push({
        event: 'evaluation',
        step,
        meanIou: 0.42 * (1 - Math.exp(-5 * progress)),
        pixelAccuracy: 0.87 * (1 - Math.exp(-8 * progress)),
        iou: { sky: 0.93, road: 0.9, 'sign & <post>': 0, bicyclist: null },
        images: 34,
        seconds: 9,
      });
  }
  return entries;
}
