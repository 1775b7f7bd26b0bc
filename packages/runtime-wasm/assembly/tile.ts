import { activate, clamp, highest, LAST_CLAMP, lowest } from './activate';
import { multiplyAdd } from './multiply-add';

/** A tile's way through one window: which taps, and how far apart they lie. */
@unmanaged
export class Window {
  /** Bytes from one tap to the next, down and to the right. */
  rowStep: usize;
  columnStep: usize;
  /** Bytes of the channels that are read of each pixel. */
  depth: usize;
  /** Taps in a row of the filter. */
  width: i32;
}

function finish(sum: v128, to: usize, residual: usize, fn: i32): void {
  const total = residual == 0 ? sum : f32x4.add(sum, v128.load(residual));
  v128.store(to, activate(total, fn));
}

/**
 * Eight filters at four pixels. Taps `top … bottom − 1` and `left … right − 1` lie inside the map.
 *
 * @param x tap 0, 0 of the first pixel, which may lie outside. @param step bytes to the next pixel's.
 * @param weights of the eight filters: `[tap, channel, 8]`. @param y where the first pixel's sums go. @param pitch bytes to the next pixel's.
 */
export function tile4(
  window: Window,
  x: usize,
  step: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
  weights: usize,
  biases: usize,
  y: usize,
  pitch: usize,
  residual: usize,
  fn: i32,
): void {
  const depth = window.depth;
  // taps of a row that lie side by side are one long tap
  const isJoined = window.columnStep == depth;
  const span = isJoined ? depth * <usize>(right - left) : depth;
  const columnEnd = isJoined ? left + 1 : right;
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
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < columnEnd; column++) {
      let a0 = x + <usize>row * window.rowStep + <usize>column * window.columnStep;
      let a1 = a0 + step;
      let a2 = a1 + step;
      let a3 = a2 + step;
      let w = weights + <usize>(row * window.width + column) * depth * 8;
      for (const end = a0 + span; a0 < end; a0 += 4) {
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
    }
  }
  if (residual != 0) {
    c00 = f32x4.add(c00, v128.load(residual));
    c01 = f32x4.add(c01, v128.load(residual, 16));
    c10 = f32x4.add(c10, v128.load(residual + pitch));
    c11 = f32x4.add(c11, v128.load(residual + pitch, 16));
    c20 = f32x4.add(c20, v128.load(residual + 2 * pitch));
    c21 = f32x4.add(c21, v128.load(residual + 2 * pitch, 16));
    c30 = f32x4.add(c30, v128.load(residual + 3 * pitch));
    c31 = f32x4.add(c31, v128.load(residual + 3 * pitch, 16));
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
  const low = lowest(fn);
  const high = highest(fn);
  v128.store(y, clamp(c00, low, high));
  v128.store(y, clamp(c01, low, high), 16);
  v128.store(y + pitch, clamp(c10, low, high));
  v128.store(y + pitch, clamp(c11, low, high), 16);
  v128.store(y + 2 * pitch, clamp(c20, low, high));
  v128.store(y + 2 * pitch, clamp(c21, low, high), 16);
  v128.store(y + 3 * pitch, clamp(c30, low, high));
  v128.store(y + 3 * pitch, clamp(c31, low, high), 16);
}

/** The same at one pixel. */
export function tile1(
  window: Window,
  x: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
  weights: usize,
  biases: usize,
  y: usize,
  residual: usize,
  fn: i32,
): void {
  const depth = window.depth;
  // taps of a row that lie side by side are one long tap
  const isJoined = window.columnStep == depth;
  const span = isJoined ? depth * <usize>(right - left) : depth;
  const columnEnd = isJoined ? left + 1 : right;
  let c0 = v128.load(biases);
  let c1 = v128.load(biases, 16);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < columnEnd; column++) {
      let a0 = x + <usize>row * window.rowStep + <usize>column * window.columnStep;
      let w = weights + <usize>(row * window.width + column) * depth * 8;
      for (const end = a0 + span; a0 < end; a0 += 4) {
        const a = v128.load32_splat(a0);
        c0 = multiplyAdd(a, v128.load(w), c0);
        c1 = multiplyAdd(a, v128.load(w, 16), c1);
        w += 32;
      }
    }
  }
  finish(c0, y, residual, fn);
  finish(c1, y + 16, residual == 0 ? <usize>0 : residual + 16, fn);
}
