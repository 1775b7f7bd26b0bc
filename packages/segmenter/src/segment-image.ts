import { BackendError, createPace, type Executable, type Pace, type Tensor } from '@atrous/core';
import type { Bundle } from '@atrous/weights';
import { createSegmentation } from './create-segmentation.ts';
import type { CrfKeeper } from './crf/keep-crf.ts';
import { toInput } from './fit/to-input.ts';
import { energiesFromLogits } from './postprocess/energies-from-logits.ts';
import { fromLogits, type PixelResults, type Wanted } from './postprocess/from-logits.ts';
import type { PixelKernel } from './postprocess/pixel-kernel.ts';
import type { Placement } from './postprocess/placement.ts';
import type { Segmentation } from './segmentation.ts';
import type { SegmentOptions } from './segmenter.ts';
import type { ReadPixels } from './sources/open-source.ts';

/** A network and what belongs to it. */
export interface Network {
  readonly executable: Executable;
  readonly bundle: Bundle;
  readonly crf: CrfKeeper;
  readonly kernel: PixelKernel;
}

/** Runs one step: announces its end, minds the signal before and after, and takes its time. */
async function step<T>(phase: string, options: SegmentOptions, work: (pace: Pace) => Promise<T>): Promise<[T, number]> {
  options.signal?.throwIfAborted();
  const start = performance.now();
  const result = await work(createPace(phase, options));
  options.signal?.throwIfAborted();
  options.onProgress?.({ phase, completed: 1, total: 1 });
  return [result, performance.now() - start];
}

function logitsOf({ logits }: Readonly<Record<string, Tensor>>, classes: number): Tensor {
  if (logits?.shape.length === 4 && logits.shape[0] === 1 && logits.shape[3] === classes) return logits;
  throw new BackendError(
    `the runtime gave logits of shape [${logits?.shape.join(', ') ?? 'none'}], expected [1, h, w, ${classes}]`,
    { code: 'LOGITS_SHAPE' },
  );
}

/** Labels pixels by their logits. */
async function labelPixels(
  kernel: PixelKernel,
  logits: Tensor,
  placement: Placement,
  options: SegmentOptions & Wanted,
): Promise<[PixelResults, { readonly postprocess: number }]> {
  const [results, postprocess] = await step('postprocess', options, (pace) =>
    fromLogits(kernel, logits, placement, options, pace),
  );
  return [results, { postprocess }];
}

/** Labels pixels by their logits and those that look like them. */
async function labelWithCrf(
  kernel: PixelKernel,
  logits: Tensor,
  placement: Placement,
  options: SegmentOptions & Wanted,
  refine: (unary: Float32Array) => Promise<PixelResults>,
): Promise<[PixelResults, { readonly postprocess: number; readonly crf: number }]> {
  const [unary, postprocess] = await step('postprocess', options, (pace) =>
    energiesFromLogits(kernel, logits, placement, pace),
  );
  const [results, crf] = await step('crf', options, () => refine(unary));
  return [results, { postprocess, crf }];
}

/** From an opened source to its segmentation. */
export async function segmentImage(
  { executable, bundle: { labels, preprocessing }, crf: keeper, kernel }: Network,
  read: ReadPixels,
  options: SegmentOptions,
): Promise<Segmentation> {
  const { signal, onProgress, crf, confidence = false, probabilities = false } = options;
  const wanted: Wanted = { confidence, probabilities };
  const [{ pixels, input }, preprocess] = await step('preprocess', options, async (pace) => {
    const opened = await read(signal);
    signal?.throwIfAborted();
    return { pixels: opened, input: await toInput(opened, preprocessing, pace) };
  });
  const [logits, run] = await step('run', options, async () =>
    logitsOf(await executable.run(input.tensor, { signal, onProgress }), labels.classes.length),
  );
  const { upsample, enlarge } = preprocessing;
  const placement = { plan: input.plan, source: [pixels.height, pixels.width], upsample, enlarge } as const;
  const all = { ...options, ...wanted };
  const [results, timings] =
    crf === undefined
      ? await labelPixels(kernel, logits, placement, all)
      : await labelWithCrf(kernel, logits, placement, all, (unary) =>
          keeper.refine(unary, { pixels, crf, wanted, longRunning: options }),
        );
  return createSegmentation(pixels, results, labels, { preprocess, run, ...timings });
}
