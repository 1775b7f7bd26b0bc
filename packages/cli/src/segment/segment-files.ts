import type { Segmentation, SegmentCrf, Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';
import type { Context } from '../context.ts';
import { describeError, type ErrorDescription } from '../describe-error.ts';
import type { ImageFile } from '../files/find-images.ts';
import type { Outputs } from '../files/plan-outputs.ts';
import { createProgressBar } from '../progress-bar.ts';
import { writeImages } from './write-images.ts';

/** One image that was segmented. */
export interface SegmentedFile {
  readonly input: string;
  readonly width: number;
  readonly height: number;
  readonly legend: Segmentation['legend'];
  readonly timings: Segmentation['timings'];
  /** Files written, by kind. */
  readonly outputs: Outputs;
}

/** One image that was not. */
export interface FailedFile {
  readonly input: string;
  readonly error: ErrorDescription;
}

export interface SegmentFilesOptions {
  readonly segmenter: Segmenter<NodeImageSource>;
  readonly images: readonly ImageFile[];
  /** One per image. */
  readonly plans: readonly Outputs[];
  /** Of the overlay, 0 … 1. */
  readonly opacity: number | undefined;
  readonly crf: SegmentCrf | undefined;
  readonly quiet: boolean;
  /** Called for each image in turn; held back until the end while a progress bar is drawn. */
  readonly report: (result: SegmentedFile | FailedFile) => void;
}

async function segmentFile(
  context: Context,
  { segmenter, opacity, crf }: SegmentFilesOptions,
  { path }: ImageFile,
  outputs: Outputs,
): Promise<SegmentedFile> {
  const { signal } = context;
  const segmentation = await segmenter.segment(path, { confidence: outputs.confidence !== undefined, crf, signal });
  await writeImages(segmentation, outputs, { opacity, signal });
  const { width, height, legend, timings } = segmentation;
  return { input: path, width, height, legend, timings, outputs };
}

/**
 * Segments images one after another and writes what was asked for. A broken image is reported, the others are still done.
 *
 * @returns a result for each image, in order.
 * @throws the signal's reason when it is aborted.
 */
export async function segmentFiles(
  context: Context,
  options: SegmentFilesOptions,
): Promise<readonly (SegmentedFile | FailedFile)[]> {
  const { images, plans, report, quiet } = options;
  const results: (SegmentedFile | FailedFile)[] = [];
  {
    using bar = createProgressBar(context.io.stderr, images.length, quiet);
    for (const [index, image] of images.entries()) {
      let result: SegmentedFile | FailedFile;
      try {
        result = await segmentFile(context, options, image, plans[index] ?? {});
      } catch (error) {
        context.signal.throwIfAborted();
        result = { input: image.path, error: describeError(error) };
      }
      results.push(result);
      bar.step(image.name);
      if (!bar.isVisible) report(result);
    }
    if (!bar.isVisible) return results;
  }
  results.forEach(report);
  return results;
}
