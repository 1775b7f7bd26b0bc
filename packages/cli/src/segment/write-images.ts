import { encodeMask, encodePng } from '@atrous/data';
import type { Segmentation } from '@atrous/segmenter';
import type { OutputKind, Outputs } from '../files/plan-outputs.ts';
import { writeOutput } from '../files/write-output.ts';
import { heatMap } from './heat-map.ts';

interface WriteImagesOptions {
  /** Of the overlay, 0 … 1. */
  readonly opacity: number | undefined;
  readonly signal: AbortSignal;
}

function encode(kind: OutputKind, segmentation: Segmentation, options: WriteImagesOptions): Uint8Array {
  switch (kind) {
    case 'overlay':
      return encodePng(segmentation.overlay({ opacity: options.opacity }));
    case 'mask':
      return encodeMask(segmentation.mask(), segmentation.labelMap);
    case 'confidence': {
      const { width, height, confidence } = segmentation;
      return encodePng({ width, height, data: heatMap(confidence ?? new Float32Array(width * height)) });
    }
    default:
      return kind satisfies never;
  }
}

/** Writes the results asked for. Everything is encoded before the first file is written, so that a failure leaves none. */
export async function writeImages(
  segmentation: Segmentation,
  outputs: Outputs,
  options: WriteImagesOptions,
): Promise<void> {
  const files: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  for (const [kind, path] of Object.entries(outputs))
    files.push({ path, bytes: encode(kind as OutputKind, segmentation, options) });
  for (const { path, bytes } of files) await writeOutput(path, bytes, options.signal);
}
