import { resizeAxis, resizedSize, resolvePads, type Pair, type ResizeTaps } from '@atrous/core';
import {
  add,
  concat,
  matMul,
  reshape,
  slice,
  tensor2d,
  transpose,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type KernelCall, type Tensor4D } from '../kernel.ts';
import { applyActivation } from './activation.ts';
import { resizeBilinear } from './resize-bilinear.ts';

type TapsCall = KernelCall<'interpolateTaps'>;

/** Along one axis: the small map, the enlarged one, the result, and how the taps lie. */
interface Axis {
  readonly small: number;
  /** What each pixel of the enlarged map is made of. */
  readonly enlarged: readonly ResizeTaps[];
  readonly out: number;
  readonly kernel: number;
  readonly rate: number;
  readonly before: number;
}

/** What every pixel of the result takes of every small pixel's taps: `[out, small · kernel]`. Taps in the padding take nothing. */
function interpolation(axis: Axis): Tensor2D {
  const { small, enlarged, out, kernel, rate, before } = axis;
  const shares = new Float32Array(out * small * kernel);
  for (let o = 0; o < out; o++)
    for (let tap = 0; tap < kernel; tap++) {
      const taps = enlarged[o - before + tap * rate];
      if (taps === undefined) continue;
      const { lower, upper, lowerWeight, upperWeight } = taps;
      shares[(o * small + lower) * kernel + tap]! += lowerWeight;
      shares[(o * small + upper) * kernel + tap]! += upperWeight;
    }
  return tensor2d(shares, [out, small * kernel]);
}

const sizeOf = ({ shape }: Tensor4D): Pair => [shape[1], shape[2]];

function axesOf(call: TapsCall): readonly [rows: Axis, columns: Axis] {
  const { attrs, inputs, shape } = call;
  const { target, kernel, atrousRate } = attrs;
  const small = sizeOf(inputOf(call));
  const enlarged = resizedSize(target, small, inputs[1] && sizeOf(inputs[1]));
  const pads = resolvePads({ ...attrs, strides: [1, 1] }, enlarged);
  const axis = (index: 0 | 1, before: number): Axis => ({
    small: small[index],
    enlarged: resizeAxis(attrs, index, small[index], enlarged[index]),
    out: shape[index + 1]!,
    kernel: kernel[index],
    rate: atrousRate[index],
    before,
  });
  return [axis(0, pads.top), axis(1, pads.left)];
}

/** Frees each value as soon as the next was made of it: they are as large as the enlarged map. The first stays. */
function passOn(x: Tensor, ...steps: readonly ((value: Tensor) => Tensor)[]): Tensor {
  return steps.reduce((value, step) => {
    const next = step(value);
    if (value !== x) value.dispose();
    return next;
  }, x);
}

/** One image `[h, w, kh · kw · filters]`: all rows of the result at once, then all columns. */
function sumTaps(image: Tensor4D, [rows, columns]: readonly [Axis, Axis], filters: number): Tensor4D {
  const perColumn = columns.kernel * filters;
  return passOn(
    image,
    (x) => reshape(x, [rows.small, columns.small, rows.kernel, perColumn]),
    (x) => transpose(x, [0, 2, 1, 3]),
    (x) => reshape(x, [rows.small * rows.kernel, columns.small * perColumn]),
    (x) => matMul(interpolation(rows), x),
    (x) => reshape(x, [rows.out, columns.small * columns.kernel, filters]),
    (x) => transpose(x, [1, 0, 2]),
    (x) => reshape(x, [columns.small * columns.kernel, rows.out * filters]),
    (x) => matMul(interpolation(columns), x),
    (x) => reshape(x, [columns.out, rows.out, filters]),
    (x) => transpose(x, [1, 0, 2]),
    (x) => reshape(x, [1, rows.out, columns.out, filters]),
  ) as Tensor4D;
}

function interpolate(call: TapsCall): Tensor4D {
  const x = inputOf(call);
  const [n, h, w, channels] = x.shape;
  const axes = axesOf(call);
  const images = Array.from({ length: n }, (_, i) =>
    sumTaps(n === 1 ? x : slice(x, [i, 0, 0, 0], [1, h, w, channels]), axes, call.attrs.filters),
  );
  return images.length === 1 ? (images[0] as Tensor4D) : concat(images, 0);
}

/** Whether the enlarged map is the result but for bias and activation. */
function isPlainResize({ attrs }: TapsCall, [rows, columns]: readonly [Axis, Axis]): boolean {
  const whole = rows.enlarged.length === rows.out && columns.enlarged.length === columns.out;
  return whole && rows.before === 0 && columns.before === 0 && attrs.kernel.every((taps) => taps === 1);
}

/** What the taps of a convolution made of a small map, enlarged and summed up: two products with matrices of interpolation weights. */
export const interpolateTaps: Kernel<'interpolateTaps'> = (call) => {
  const { biases } = call.params;
  const sums = isPlainResize(call, axesOf(call)) ? resizeBilinear(call) : interpolate(call);
  return applyActivation(biases === undefined ? sums : add(sums, biases), call.attrs.activation);
};
