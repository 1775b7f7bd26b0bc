import { describe, expect, it, vi } from 'vitest';
import { createNewestValue } from '../src/newest-value.ts';

/** Work that ends when the test says so. */
const setUp = () => {
  const [onBusy, onError] = [vi.fn(), vi.fn()];
  const begun: { readonly value: number; readonly end: (error?: Error) => void }[] = [];
  const work = (value: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      begun.push({ value, end: (error) => (error ? reject(error) : resolve()) });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const newest = createNewestValue(work, onBusy, onError);
  return { newest, begun, onBusy, onError, values: () => begun.map(({ value }) => value) };
};

describe('createNewestValue', () => {
  it('finishes what it began, leaves out what is old by then, and ends with the newest', async () => {
    const { newest, begun, values, onBusy } = setUp();
    for (const value of [1, 2, 3]) newest.put(value);
    expect(values()).toEqual([1]);
    begun[0]?.end();
    await vi.waitFor(() => expect(values()).toEqual([1, 3]));
    expect(onBusy.mock.calls).toEqual([[true]]);
    begun[1]?.end();
    await vi.waitFor(() => expect(onBusy).toHaveBeenLastCalledWith(false));
    newest.put(4);
    expect(values()).toEqual([1, 3, 4]);
  });

  it('hands over what went wrong and goes on', async () => {
    const { newest, begun, values, onError } = setUp();
    newest.put(1);
    newest.put(2);
    const error = new Error('broken');
    begun[0]?.end(error);
    await vi.waitFor(() => expect(values()).toEqual([1, 2]));
    expect(onError.mock.calls).toEqual([[], [error], []]);
  });

  it('ends when aborted, without an error, and works on', async () => {
    const { newest, values, onBusy, onError } = setUp();
    newest.put(1);
    newest.put(2);
    newest.abort();
    await vi.waitFor(() => expect(onBusy).toHaveBeenLastCalledWith(false));
    newest.put(3);
    expect(values()).toEqual([1, 3]);
    expect(onError.mock.calls.flat()).toEqual([]);
  });
});
