import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter, type ImageSource, type SegmentOptions } from '@atrous/segmenter';
import { tinyBundle } from './tiny-bundle.ts';

/** What a test sees of a segmentation. */
export interface Seen {
  readonly size: readonly [width: number, height: number];
  readonly labels: readonly number[];
}

/** Segments one picture after another; what fails gives its code instead. */
export async function segmentAll(
  sources: Readonly<Record<string, ImageSource>>,
  options: SegmentOptions = {},
): Promise<Record<string, Seen | string>> {
  const segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: referenceRuntime() });
  const seen: Record<string, Seen | string> = {};
  for (const [name, source] of Object.entries(sources))
    seen[name] = await segmenter.segment(source, options).then(
      ({ width, height, labels }) => ({ size: [width, height] as const, labels: [...labels] }),
      (error: unknown) => String((error as { readonly code?: unknown }).code ?? error),
    );
  segmenter.dispose();
  return seen;
}

/** A picture of 6×4, blue in its left third and red elsewhere, as whatever a canvas makes of it. */
export function canvasSources(): Record<string, ImageSource> {
  const canvas = new OffscreenCanvas(6, 4);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 6, 4);
  context.fillStyle = '#00f';
  context.fillRect(0, 0, 2, 4);
  const imageData = context.getImageData(0, 0, 6, 4);
  const frame = new VideoFrame(canvas, { timestamp: 0 });
  return { OffscreenCanvas: canvas, ImageData: imageData, VideoFrame: frame };
}
