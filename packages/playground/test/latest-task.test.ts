import { describe, expect, it, vi } from 'vitest';
import { createLatestTask } from '../src/latest-task.ts';

const setUp = () => {
  const onBusy = vi.fn();
  const onError = vi.fn();
  return { onBusy, onError, latest: createLatestTask(onBusy, onError) };
};
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('createLatestTask', () => {
  it('aborts the task before and starts the new one after it has ended', async () => {
    const { latest, onError } = setUp();
    const order: string[] = [];
    latest.run(async (signal) => untilAborted(signal).finally(() => order.push('first ended')));
    await Promise.resolve();
    latest.run(async () => void order.push('second started'));
    await vi.waitFor(() => expect(order).toEqual(['first ended', 'second started']));
    expect(onError).not.toHaveBeenCalledWith(expect.anything());
  });

  it('never starts a task that was replaced while it waited', async () => {
    const { latest } = setUp();
    const replaced = vi.fn();
    latest.run(untilAborted);
    latest.run(replaced);
    const done = vi.fn();
    latest.run(async () => void done());
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(replaced).not.toHaveBeenCalled();
  });

  it('hands over what went wrong and goes on', async () => {
    const { latest, onError } = setUp();
    const error = new Error('broken');
    latest.run(() => Promise.reject(error));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(error));
    const done = vi.fn();
    latest.run(async () => void done());
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(onError).toHaveBeenLastCalledWith(undefined);
  });

  it('is busy until the last task has ended', async () => {
    const { latest, onBusy } = setUp();
    latest.run(untilAborted);
    latest.run(untilAborted);
    await Promise.resolve();
    expect(onBusy).not.toHaveBeenCalledWith(false);
    latest.abort();
    await vi.waitFor(() => expect(onBusy).toHaveBeenLastCalledWith(false));
  });
});
