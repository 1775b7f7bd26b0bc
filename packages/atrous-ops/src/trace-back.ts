import {
  effectiveKernel,
  poolingBin,
  resizeTaps,
  resolvePads,
  type Node,
  type NodeOf,
  type OpAttrs,
  type Pair,
  type WindowGeometry,
} from '@atrous/core';

/** Paths that arrive at each position of a map, row by row. */
export interface PathMap {
  readonly size: Pair;
  readonly paths: Float64Array;
}

/** Passes the paths of a node's output on to one of its inputs. */
type Trace = (from: PathMap, to: PathMap) => void;

type Sources = readonly (readonly number[])[];

/** For ops that read rows and columns independently: which of them each output row and column reads. */
function traceSeparably(from: PathMap, to: PathMap, rows: Sources, columns: Sources): void {
  const [, outWidth] = from.size;
  const [, inWidth] = to.size;
  rows.forEach((sourceRows, row) =>
    columns.forEach((sourceColumns, column) => {
      const paths = from.paths[row * outWidth + column] ?? 0;
      if (paths === 0) return;
      for (const y of sourceRows)
        for (const x of sourceColumns) to.paths[y * inWidth + x] = (to.paths[y * inWidth + x] ?? 0) + paths;
    }),
  );
}

const perAxis = (from: PathMap, to: PathMap, sources: (out: number, axis: 0 | 1) => readonly number[]): void => {
  const along = (axis: 0 | 1): Sources =>
    Array.from({ length: from.size[axis] }, (_, out) =>
      sources(out, axis).filter((source) => source >= 0 && source < to.size[axis]),
    );
  traceSeparably(from, to, along(0), along(1));
};

const throughWindow =
  (window: WindowGeometry): Trace =>
  (from, to) => {
    const pads = resolvePads(window, to.size);
    const rate = window.atrousRate ?? [1, 1];
    perAxis(from, to, (out, axis) => {
      const start = out * window.strides[axis] - (axis === 0 ? pads.top : pads.left);
      return Array.from({ length: window.kernel[axis] }, (_, tap) => start + tap * rate[axis]);
    });
  };

const throughResize =
  ({ target, corners }: OpAttrs['resizeBilinear']): Trace =>
  (from, to) => {
    perAxis(from, to, (out, axis) => {
      const step = target.kind === 'scale' ? 1 / target.factor[axis] : undefined;
      const taps = resizeTaps(corners, out, to.size[axis], from.size[axis], step);
      return [...(taps.lowerWeight === 0 ? [] : [taps.lower]), ...(taps.upperWeight === 0 ? [] : [taps.upper])];
    });
  };

/** Through the window to the enlarged map, which is nowhere stored, and on to the small one. */
const throughTaps =
  ({ attrs }: NodeOf<'interpolateTaps'>): Trace =>
  (from, to) => {
    const window = { ...attrs, strides: [1, 1] as const };
    // At stride 1 no padding depends on the size.
    const { top, bottom, left, right } = resolvePads(window, [1, 1]);
    const extent = (axis: 0 | 1, pads: number): number =>
      from.size[axis] + effectiveKernel(attrs.kernel[axis], attrs.atrousRate[axis]) - 1 - pads;
    const size: Pair = [extent(0, top + bottom), extent(1, left + right)];
    const between: PathMap = { size, paths: new Float64Array(size[0] * size[1]) };
    throughWindow(window)(from, between);
    throughResize(attrs)(between, to);
  };

const throughBins =
  ({ attrs: { bins } }: NodeOf<'adaptiveAvgPool'>): Trace =>
  (from, to) => {
    perAxis(from, to, (out, axis) => {
      const [start, end] = poolingBin(out, bins[axis], to.size[axis]);
      return Array.from({ length: end - start }, (_, i) => start + i);
    });
  };

const everywhere: Trace = (from, to) => {
  const paths = from.paths.reduce((sum, count) => sum + count, 0);
  to.paths.forEach((count, i) => (to.paths[i] = count + paths));
};

/** A factor of one position is spread over the whole map; anything else is read where it stands. */
const inPlace: Trace = (from, to) => {
  if (to.paths.length === from.paths.length)
    to.paths.forEach((count, i) => (to.paths[i] = count + (from.paths[i] ?? 0)));
  else everywhere(from, to);
};

const nowhere: Trace = () => undefined;

/**
 * How one node's output paths lead to the values it reads.
 *
 * @param input index into the node's inputs.
 * @param imagePooling whether means over the whole map count as reading it.
 */
export function traceOf(node: Node, input: number, imagePooling: boolean): Trace {
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool':
    case 'avgPool':
      return throughWindow(node.attrs);
    case 'pad': {
      const { top, left } = node.attrs.pads;
      return (from, to) => perAxis(from, to, (out, axis) => [out - (axis === 0 ? top : left)]);
    }
    case 'depthToSpace': {
      const { blockSize } = node.attrs;
      return (from, to) => perAxis(from, to, (out) => [Math.floor(out / blockSize)]);
    }
    case 'resizeBilinear':
    case 'resizeArgMax':
      return input === 0 ? throughResize(node.attrs) : nowhere;
    case 'interpolateTaps':
      return input === 0 ? throughTaps(node) : nowhere;
    case 'globalAvgPool':
      return imagePooling ? everywhere : nowhere;
    case 'adaptiveAvgPool':
      return imagePooling ? throughBins(node) : nowhere;
    // What a plugin's op reads is not known, so it may read everything.
    case 'custom':
      return everywhere;
    case 'input':
      return nowhere;
    case 'batchNorm':
    case 'activation':
    case 'softmax':
    case 'dropout':
    case 'argMax':
    case 'add':
    case 'maximum':
    case 'multiply':
    case 'concat':
      return inPlace;
  }
}
