import { BackendError, createQueue } from '@atrous/core';
import { createBuffers } from './buffers.ts';
import type { DeviceInference } from './device-problem.ts';
import type { Solved, Workplace } from './mean-field.ts';
import { packMarginals, readLabels } from './pack.ts';
import { readBack } from './read-back.ts';

/** Marginals on the host. */
export async function readMarginals({ session, buffers }: Workplace, { inference }: Solved): Promise<Float32Array> {
  const { rows, marginals } = inference;
  const packed = await packMarginals(session, buffers, rows, marginals, buffers);
  return new Float32Array(await readBack(session, buffers, packed, 4 * rows.pixels * rows.channels));
}

/** Hands a result out in buffers of its own: the field's are for the next problem. */
export async function handOut(
  { session, buffers }: Workplace,
  { inference: { rows, marginals: lanes }, outcome }: Solved,
): Promise<DeviceInference> {
  const own = createBuffers(session.device);
  const queue = createQueue();
  let isDisposed = false;
  const marginals = await packMarginals(session, buffers, rows, lanes, own).catch((error: unknown) => {
    own.dispose();
    throw error;
  });
  const read = async <T>(job: () => Promise<T>): Promise<T> => {
    if (isDisposed) throw new BackendError('the result was disposed', { code: 'DISPOSED', hint: 'infer again' });
    return queue.run(job);
  };
  const dispose = (): void => {
    isDisposed = true;
    // whoever reads may finish
    void queue.idle().then(() => own.dispose());
  };
  return {
    ...outcome,
    marginals,
    readMarginals: () =>
      read(async () => new Float32Array(await readBack(session, own, marginals, 4 * rows.pixels * rows.channels))),
    readLabels: () => read(() => readLabels(session, own, marginals, rows)),
    dispose,
    [Symbol.dispose]: dispose,
  };
}
