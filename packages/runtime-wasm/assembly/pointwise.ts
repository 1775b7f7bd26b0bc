import { activate, clamp, highest, LAST_CLAMP, lowest } from './activate';
import { multiplyAdd } from './multiply-add';
import { tile1, Window } from './tile';

/** A 1×1 convolution without stride, of `[pixels, pitch]` to `[pixels, outPitch]`. Pitches are bytes. */
@unmanaged
class Pointwise extends Window {
  x: usize;
  y: usize;
  /** `[filters / 8, channel, 8]`. */
  weights: usize;
  biases: usize;
  /** Of the shape of the result, or 0. */
  residual: usize;
  activation: i32;
  pitch: usize;
  outPitch: usize;
  /** In whole blocks of 8. */
  filters: i32;
  /** Pixels whose channels stay in a core's own cache; a multiple of 4. */
  block: i32;
}

/**
 * Eight filters at pixels that lie in memory from `x` to `end`, four at a time: a loop of its own, since a call for every four would take as long
 * as eight channels of them.
 *
 * @param depth bytes of the channels. @param y where the sums of the first pixel go. @param residual bytes from there to what is added, or 0.
 */
function tiles(
  x: usize,
  end: usize,
  pitch: usize,
  depth: usize,
  weights: usize,
  biases: usize,
  y: usize,
  outPitch: usize,
  residual: usize,
  fn: i32,
): void {
  const low = lowest(fn);
  const high = highest(fn);
  for (; x < end; x += 4 * pitch) {
    // loaded for each four: kept, they would take registers from the loop within
    const b0 = v128.load(biases);
    const b1 = v128.load(biases, 16);
    let c00 = b0;
    let c01 = b1;
    let c10 = b0;
    let c11 = b1;
    let c20 = b0;
    let c21 = b1;
    let c30 = b0;
    let c31 = b1;
    let a0 = x;
    let a1 = a0 + pitch;
    let a2 = a1 + pitch;
    let a3 = a2 + pitch;
    let w = weights;
    for (const last = a0 + depth; a0 < last; a0 += 4) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      let a = v128.load32_splat(a0);
      c00 = multiplyAdd(a, w0, c00);
      c01 = multiplyAdd(a, w1, c01);
      a = v128.load32_splat(a1);
      c10 = multiplyAdd(a, w0, c10);
      c11 = multiplyAdd(a, w1, c11);
      a = v128.load32_splat(a2);
      c20 = multiplyAdd(a, w0, c20);
      c21 = multiplyAdd(a, w1, c21);
      a = v128.load32_splat(a3);
      c30 = multiplyAdd(a, w0, c30);
      c31 = multiplyAdd(a, w1, c31);
      a1 += 4;
      a2 += 4;
      a3 += 4;
      w += 32;
    }
    const y1 = y + outPitch;
    const y2 = y1 + outPitch;
    const y3 = y2 + outPitch;
    if (residual != 0) {
      c00 = f32x4.add(c00, v128.load(y + residual));
      c01 = f32x4.add(c01, v128.load(y + residual, 16));
      c10 = f32x4.add(c10, v128.load(y1 + residual));
      c11 = f32x4.add(c11, v128.load(y1 + residual, 16));
      c20 = f32x4.add(c20, v128.load(y2 + residual));
      c21 = f32x4.add(c21, v128.load(y2 + residual, 16));
      c30 = f32x4.add(c30, v128.load(y3 + residual));
      c31 = f32x4.add(c31, v128.load(y3 + residual, 16));
    }
    if (fn > LAST_CLAMP) {
      c00 = activate(c00, fn);
      c01 = activate(c01, fn);
      c10 = activate(c10, fn);
      c11 = activate(c11, fn);
      c20 = activate(c20, fn);
      c21 = activate(c21, fn);
      c30 = activate(c30, fn);
      c31 = activate(c31, fn);
    }
    v128.store(y, clamp(c00, low, high));
    v128.store(y, clamp(c01, low, high), 16);
    v128.store(y1, clamp(c10, low, high));
    v128.store(y1, clamp(c11, low, high), 16);
    v128.store(y2, clamp(c20, low, high));
    v128.store(y2, clamp(c21, low, high), 16);
    v128.store(y3, clamp(c30, low, high));
    v128.store(y3, clamp(c31, low, high), 16);
    y = y3 + outPitch;
  }
}

/** Pixels `from … to − 1`. */
export function pointwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Pointwise>(at);
  const fn = op.activation;
  const pitch = op.pitch;
  const outPitch = op.outPitch;
  const residual = op.residual == 0 ? <usize>0 : op.residual - op.y;
  for (let block = from; block < to; block += op.block) {
    const last = min(block + op.block, to);
    const whole = last - ((last - block) & 3);
    const x = op.x + <usize>block * pitch;
    const end = op.x + <usize>whole * pitch;
    for (let filter = 0; filter < op.filters; filter += 8) {
      const weights = op.weights + <usize>filter * op.depth;
      const biases = op.biases + ((<usize>filter) << 2);
      const lanes = op.y + ((<usize>filter) << 2);
      tiles(x, end, pitch, op.depth, weights, biases, lanes + <usize>block * outPitch, outPitch, residual, fn);
      for (let pixel = whole; pixel < last; pixel++) {
        const y = lanes + <usize>pixel * outPitch;
        const added = residual == 0 ? <usize>0 : y + residual;
        tile1(op, op.x + <usize>pixel * pitch, 0, 1, 0, 1, weights, biases, y, added, fn);
      }
    }
  }
}
