import type { Pair } from '@atrous/core';
import { add, cast, dispose, equal, mul, sub, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import { LOWEST, padImage } from '../../kernels/layout.ts';
import type { PoolGeometry, TrainingKernels } from '../training-kernels.ts';
import { insertZeros, padOrCrop } from './spread.ts';
import { readTap, tapsOf } from './taps.ts';

/**
 * Adds up as if in double precision: what rounding drops is carried along.
 *
 * @see Dekker 1971, "A floating-point technique for extending the available precision", Numerische Mathematik 18
 */
function sumExactly([first, ...others]: readonly Tensor4D[]): Tensor4D {
  let sum = first as Tensor4D;
  let dropped: Tensor4D | undefined;
  for (const term of others) {
    const total = add<Tensor4D>(sum, term);
    const taken = sub(total, sum);
    const error = add<Tensor4D>(sub(sum, sub(total, taken)), sub(term, taken));
    dropped = dropped === undefined ? error : add(dropped, error);
    sum = total;
  }
  return dropped === undefined ? sum : add(sum, dropped);
}

interface PoolCall extends PoolGeometry {
  /** With its padding. */
  readonly padded: Tensor4D;
  readonly y: Tensor4D;
}

/** What one tap's elements take of the gradients that are left. */
function takeShare(
  { padded, y, strides }: PoolCall,
  tap: Pair,
  left: Tensor4D,
): readonly [share: Tensor4D, left: Tensor4D] {
  return tidy((): [Tensor4D, Tensor4D] => {
    const read = readTap(padded, tap, [y.shape[1], y.shape[2]], { strides, atrousRate: [1, 1] });
    const share = mul<Tensor4D>(left, cast(equal(read, y), 'float32'));
    return [share, sub<Tensor4D>(left, share)];
  });
}

/** The share where the input has the elements that it belongs to. */
function place(share: Tensor4D, [row, column]: Pair, { padded, strides, pads }: PoolCall): Tensor4D {
  return tidy(() => {
    const spread = insertZeros(share, strides);
    return padOrCrop(spread, {
      top: row - pads.top,
      bottom: padded.shape[1] - pads.bottom - row - spread.shape[1],
      left: column - pads.left,
      right: padded.shape[2] - pads.right - column - spread.shape[2],
    });
  });
}

/**
 * Tap by tap: where a window's element is its largest and none before it was, it gets the gradient, and what is left for the others is zero.
 *
 * tfjs has kernels for it; the one for WASM gives wrong numbers where windows do not overlap.
 */
export const maxPoolGradient: TrainingKernels['maxPoolGradient'] = (x, y, dy, geometry) => {
  const { kernel, strides, pads } = geometry;
  const call: PoolCall = { ...geometry, padded: padImage(x, pads, LOWEST), y };
  // taps less than a stride apart never meet, so only what different layers hold is rounded
  const layers = new Map<string, Tensor4D>();
  let left = dy;
  for (const tap of tapsOf(kernel)) {
    const [share, rest] = takeShare(call, tap, left);
    const layer = `${Math.floor(tap[0] / strides[0])},${Math.floor(tap[1] / strides[1])}`;
    const before = layers.get(layer);
    const placed = place(share, tap, call);
    layers.set(layer, before === undefined ? placed : add(before, placed));
    if (before !== undefined) dispose([before, placed]);
    dispose(left === dy ? share : [share, left]);
    left = rest;
  }
  return sumExactly([...layers.values()]);
};
