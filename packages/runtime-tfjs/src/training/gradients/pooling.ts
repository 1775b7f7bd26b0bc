import { poolingBin } from '@atrous/core';
import { mul, ones } from '@tensorflow/tfjs-core';
import { poolAxes, poolPads, windowCounts, type PoolAxis } from '../../kernels/pooling.ts';
import type { Gradient } from '../gradient.ts';
import type { AxisWeights, Shape4D } from '../training-kernels.ts';

export const maxPool: Gradient<'maxPool'> = {
  reads: () => [0, 'output'],
  compute({ wanted: { attrs }, dy, inputShapes, input, output, kernels }) {
    const pads = poolPads(poolAxes(attrs, inputShapes[0] as Shape4D, dy.shape));
    const { kernel, strides } = attrs;
    return { inputs: [kernels.maxPoolGradient(input(0), output(), dy, { kernel, strides, pads })] };
  },
};

function windowMeans(axis: PoolAxis, countPadding: boolean): AxisWeights {
  const { inExtent, outExtent, kernel, stride, before } = axis;
  const counts = windowCounts(axis, countPadding);
  return {
    inExtent,
    outExtent,
    each(out, add) {
      const start = out * stride - before;
      const end = Math.min(start + kernel, inExtent);
      for (let from = Math.max(start, 0); from < end; from++) add(from, 1 / (counts[out] as number));
    },
  };
}

export const avgPool: Gradient<'avgPool'> = {
  reads: () => [],
  compute({ wanted: { attrs }, dy, inputShapes, kernels }) {
    const [rows, columns] = poolAxes(attrs, inputShapes[0] as Shape4D, dy.shape);
    const { countPadding } = attrs;
    return {
      inputs: [kernels.separableGradient(dy, windowMeans(rows, countPadding), windowMeans(columns, countPadding))],
    };
  },
};

const binMeans = (bins: number, inExtent: number): AxisWeights => ({
  inExtent,
  outExtent: bins,
  each(out, add) {
    const [start, end] = poolingBin(out, bins, inExtent);
    for (let from = start; from < end; from++) add(from, 1 / (end - start));
  },
});

export const adaptiveAvgPool: Gradient<'adaptiveAvgPool'> = {
  reads: () => [],
  compute({ wanted: { attrs }, dy, inputShapes, kernels }) {
    const [, height, width] = inputShapes[0] as Shape4D;
    const [rows, columns] = attrs.bins;
    return { inputs: [kernels.separableGradient(dy, binMeans(rows, height), binMeans(columns, width))] };
  },
};

export const globalAvgPool: Gradient<'globalAvgPool'> = {
  reads: () => [],
  compute({ dy, inputShapes }) {
    const [, height, width] = inputShapes[0] as Shape4D;
    return { inputs: [mul(ones([1, height, width, 1]), mul(dy, 1 / (height * width)))] };
  },
};
