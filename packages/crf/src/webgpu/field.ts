import { BackendError, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfField, FieldSpec } from '../engine.ts';
import type { ExportedKernel } from '../lattice/export-kernel.ts';
import { createBuffers } from './buffers.ts';
import { uploadLattice } from './device-lattice.ts';
import { filter } from './filter.ts';
import type { LatticeBuilder } from './host-lattice.ts';
import { solve, type Workplace } from './mean-field.ts';
import { readMarginals } from './pack.ts';
import type { Session } from './session.ts';

/** Lattices that another picture does not change, by the kernel's number. */
type Kept = ReadonlyMap<number, ExportedKernel>;

const looksAtImage = (kernels: FieldSpec['kernels']): boolean => kernels.some(({ kind }) => kind === 'bilateral');

/** Builds all lattices but those that are kept. */
async function buildAll(
  builder: LatticeBuilder,
  field: FieldSpec,
  options: LongRunningOptions,
  kept: Kept = new Map(),
): Promise<ExportedKernel[]> {
  const kernels: ExportedKernel[] = [];
  for (const [k, { kind }] of field.kernels.entries()) {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'prepare', completed: k, total: field.kernels.length, item: kind });
    kernels.push(kept.get(k) ?? (await builder.build(field, k, options)));
  }
  return kernels;
}

/** None where no picture changes anything. */
const keep = ({ kernels }: FieldSpec, built: readonly ExportedKernel[]): Kept =>
  new Map(looksAtImage(kernels) ? [...built.entries()].filter(([k]) => kernels[k]!.kind !== 'bilateral') : []);

/** Jobs of a field, one after the other, as long as it is not disposed. @param free is called once nothing runs any more. */
function createJobs(free: () => void) {
  const queue = createQueue();
  let [isBusy, isDisposed] = [false, false];
  return {
    isDisposed: (): boolean => isDisposed,
    run: <T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
      queue.run(async () => {
        if (isDisposed)
          throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
        isBusy = true;
        try {
          return await job();
        } finally {
          isBusy = false;
          if (isDisposed) free();
        }
      }, signal),
    dispose(): void {
      if (!isDisposed && !isBusy) free();
      isDisposed = true;
    },
  };
}

/** Prepares a field on a device. */
export async function createField(
  session: Session,
  builder: LatticeBuilder,
  field: FieldSpec,
  options: LongRunningOptions,
): Promise<CrfField> {
  const buffers = createBuffers(session.device);
  const pixels = field.width * field.height;
  const upload = (built: readonly ExportedKernel[]): Promise<Workplace> =>
    session.attempt(() => ({ session, buffers, lattice: uploadLattice(built, pixels, buffers) }));
  const begin = async (): Promise<{ place: Workplace; kept: Kept }> => {
    const built = await buildAll(builder, field, options);
    try {
      return { place: await upload(built), kept: keep(field, built) };
    } catch (error) {
      buffers.dispose();
      throw error;
    }
  };
  let { place, kept } = await begin();
  const jobs = createJobs(() => {
    buffers.dispose();
    kept = new Map();
  });
  return {
    get memory() {
      return { bytes: jobs.isDisposed() ? 0 : buffers.bytes };
    },
    infer: (problem, options = {}) =>
      jobs.run(async () => {
        const { inference, outcome } = await solve(place, problem, options);
        return { marginals: await readMarginals(place, inference), ...outcome };
      }, options.signal),
    filter: (kernel, values, channels, transpose) =>
      jobs.run(() => filter(place, place.lattice.kernels[kernel]!, values, channels, transpose)),
    setImage: (image, options = {}) =>
      jobs.run(async () => {
        if (!looksAtImage(field.kernels)) return;
        place = await upload(await buildAll(builder, { ...field, image }, options, kept));
      }, options.signal),
    dispose: () => jobs.dispose(),
    [Symbol.dispose]: () => jobs.dispose(),
  };
}
