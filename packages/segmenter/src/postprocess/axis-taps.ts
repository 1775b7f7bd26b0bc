import { resizeTaps, type CornerRule, type Preprocessing } from '@atrous/core';

/** One direction on its way from the logits to the source image. */
export interface Axis {
  /** Extent of the logits. */
  readonly logits: number;
  /** Extent of the network's input. */
  readonly input: number;
  /** Extent of the image within the network's input. */
  readonly image: number;
  /** Extent of the source image. */
  readonly source: number;
}

/** Which logits make up each pixel of a line of the source image. Weights are positive; they sum up to 1, but not at borders of a `deconvolution`. */
export interface AxisTaps {
  /** Taps of pixel `i` are those from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Uint32Array;
  /** Positions in the logits, ascending within a pixel. */
  readonly positions: Uint32Array;
  readonly weights: Float64Array;
}

type Tap = readonly [position: number, weight: number];

function between(corners: CornerRule, index: number, inExtent: number, outExtent: number): readonly Tap[] {
  const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, index, inExtent, outExtent);
  const taps: readonly Tap[] = [
    [lower, lowerWeight],
    [upper, upperWeight],
  ];
  return taps.filter(([, weight]) => weight > 0);
}

function inImage(index: number, { image, source }: Axis, enlarge: Preprocessing['enlarge']): readonly Tap[] {
  if (image === source) return [[index, 1]];
  return enlarge === 'nearest'
    ? [[Math.floor(((index + 0.5) * image) / source), 1]]
    : between('halfPixel', index, image, source);
}

/**
 * Joins the two interpolations, logits to network input and the image's part of it to the source's size, into one:
 * bilinear interpolation of bilinear interpolation reads at most a few neighbouring logits.
 */
export function axisTaps(axis: Axis, upsample: CornerRule, enlarge: Preprocessing['enlarge']): AxisTaps {
  const starts = new Uint32Array(axis.source + 1);
  const positions: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < axis.source; index++) {
    const joined = new Map<number, number>();
    for (const [column, outer] of inImage(index, axis, enlarge))
      for (const [position, inner] of between(upsample, column, axis.logits, axis.input))
        joined.set(position, (joined.get(position) ?? 0) + outer * inner);
    // Columns ascend, and so do the positions of each: insertion order is ascending order.
    positions.push(...joined.keys());
    weights.push(...joined.values());
    starts[index + 1] = positions.length;
  }
  return { starts, positions: Uint32Array.from(positions), weights: Float64Array.from(weights) };
}
