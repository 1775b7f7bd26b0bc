import { resolvePads, windowOutputSize, type Pair, type WindowGeometry } from '@atrous/core';

/** How many taps of a window read the map, and how many the padding around it. */
export interface TapsOnMap {
  /** Share of all taps at all positions that read the map, 0–1. */
  readonly share: number;
  /** Rows and columns of taps that read the map anywhere: `[1, 1]` where a 3×3 has become a 1×1. */
  readonly kernel: Pair;
  /** Share of positions by how many of their taps read the map; shares sum to 1. */
  readonly positions: ReadonlyMap<number, number>;
}

interface Axis {
  readonly used: number;
  /** Positions by number of taps on the map. */
  readonly histogram: ReadonlyMap<number, number>;
  readonly outputs: number;
}

function alongAxis(window: WindowGeometry, size: Pair, axis: 0 | 1): Axis {
  const pads = resolvePads(window, size);
  const before = axis === 0 ? pads.top : pads.left;
  const rate = window.atrousRate?.[axis] ?? 1;
  const outputs = windowOutputSize(window, size)[axis];
  const taps = Array.from({ length: window.kernel[axis] }, (_, tap) => tap * rate - before);
  const used = new Set<number>();
  const histogram = new Map<number, number>();
  for (let out = 0; out < outputs; out++) {
    const onMap = taps.filter((tap) => {
      const at = out * window.strides[axis] + tap;
      return at >= 0 && at < size[axis];
    });
    for (const tap of onMap) used.add(tap);
    histogram.set(onMap.length, (histogram.get(onMap.length) ?? 0) + 1);
  }
  return { used: used.size, histogram, outputs };
}

/**
 * Counts the taps of a convolution that read the map instead of its padding.
 *
 * As the rate nears the size of the map, fewer of the 3×3 taps are left; from there on only the centre is, and the
 * convolution is a 1×1 (which is why DeepLab v3 adds image-level features).
 *
 * @param size height and width of the map that is read.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3 and figure 4, arXiv:1706.05587
 */
export function tapsOnMap(window: WindowGeometry, size: Pair): TapsOnMap {
  const rows = alongAxis(window, size, 0);
  const columns = alongAxis(window, size, 1);
  const positions = new Map<number, number>();
  let taps = 0;
  for (const [inRow, rowCount] of rows.histogram)
    for (const [inColumn, columnCount] of columns.histogram) {
      const count = inRow * inColumn;
      const share = (rowCount / rows.outputs) * (columnCount / columns.outputs);
      positions.set(count, (positions.get(count) ?? 0) + share);
      taps += count * share;
    }
  return { share: taps / (window.kernel[0] * window.kernel[1]), kernel: [rows.used, columns.used], positions };
}
