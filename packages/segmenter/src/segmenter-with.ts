import { BackendError, createQueue } from '@atrous/core';
import { checkGraph } from './check-graph.ts';
import { compileNetwork } from './compile-network.ts';
import { lazyCrf } from './crf/lazy-crf.ts';
import { createPixelKernel } from './postprocess/pixel-kernel.ts';
import { segmentImage } from './segment-image.ts';
import type { Segmenter, SegmenterOptions } from './segmenter.ts';
import type { ReadPixels } from './sources/open-source.ts';

/** Builds a segmenter whose sources are opened by `open`. */
export async function segmenterWith<Source>(
  open: (source: Source) => ReadPixels,
  options: SegmenterOptions,
): Promise<Segmenter<Source>> {
  const { bundle, ops, signal } = options;
  checkGraph(bundle.graph, bundle.preprocessing, ops);
  signal?.throwIfAborted();
  const kernel = await createPixelKernel();
  const { executable, runtimeName } = await compileNetwork(options);
  const crf = lazyCrf();
  const queue = createQueue();
  let freed: Promise<void> | undefined;

  const checkAlive = (): void => {
    if (freed) throw new BackendError('this segmenter was disposed', { code: 'DISPOSED', hint: 'create it again' });
  };
  const release = (): void => {
    executable.dispose();
    crf.dispose();
    kernel.dispose();
  };
  const free = (): Promise<void> => {
    if (!freed && !queue.isBusy()) release();
    return (freed ??= queue.isBusy() ? queue.idle().then(release) : Promise.resolve());
  };

  return {
    labels: bundle.labels,
    get runtime() {
      return runtimeName();
    },
    async segment(source, wanted = {}) {
      checkAlive();
      wanted.signal?.throwIfAborted();
      const read = open(source);
      const mustWait = queue.isBusy();
      return queue.run(() => {
        if (mustWait) checkAlive();
        return segmentImage({ executable, bundle, crf, kernel }, read, wanted);
      }, wanted.signal);
    },
    memory() {
      const { tensors, bytes } = executable.memory();
      return { tensors, bytes: bytes + crf.bytes() + kernel.bytes() };
    },
    dispose: () => void free(),
    [Symbol.dispose]: () => void free(),
    [Symbol.asyncDispose]: free,
  };
}
