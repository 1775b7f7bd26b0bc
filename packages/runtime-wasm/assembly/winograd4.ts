import { storePixel } from './winograd-output';
import { Winograd } from './winograd';

/** Six numbers, to where results lie `step` apart: Bᵀ. */
function transformInput(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  const a = f32x4.sub(d4, f32x4.mul(d2, four));
  const b = f32x4.sub(d3, f32x4.mul(d1, four));
  const c = f32x4.sub(d4, d2);
  const e = f32x4.mul(f32x4.sub(d3, d1), f32x4.splat(2));
  v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(d0, four), f32x4.mul(d2, five)), d4));
  v128.store(to + step, f32x4.add(a, b));
  v128.store(to + 2 * step, f32x4.sub(a, b));
  v128.store(to + 3 * step, f32x4.add(c, e));
  v128.store(to + 4 * step, f32x4.sub(c, e));
  v128.store(to + 5 * step, f32x4.add(f32x4.sub(f32x4.mul(d1, four), f32x4.mul(d3, five)), d5));
}

function pixelAt(sources: usize, index: i32, lane: usize): v128 {
  return v128.load(load<usize>(sources + ((<usize>index) << 2)) + lane);
}

/** All channels of a tile of 6×6 pixels, transformed. @param step bytes from one frequency to the next. */
export function inputTile4(sources: usize, temporary: usize, to: usize, step: usize, pitch: usize): void {
  for (let lane: usize = 0; lane < pitch; lane += 16) {
    for (let j = 0; j < 6; j++) {
      const d0 = pixelAt(sources, j, lane);
      const d1 = pixelAt(sources, j + 6, lane);
      const d2 = pixelAt(sources, j + 12, lane);
      const d3 = pixelAt(sources, j + 18, lane);
      const d4 = pixelAt(sources, j + 24, lane);
      const d5 = pixelAt(sources, j + 30, lane);
      transformInput(d0, d1, d2, d3, d4, d5, temporary + ((<usize>j) << 4), 96);
    }
    for (let i: usize = 0; i < 6; i++) {
      const row = temporary + i * 96;
      const d0 = v128.load(row);
      const d1 = v128.load(row, 16);
      const d2 = v128.load(row, 32);
      const d3 = v128.load(row, 48);
      const d4 = v128.load(row, 64);
      const d5 = v128.load(row, 80);
      transformInput(d0, d1, d2, d3, d4, d5, to + lane + i * 6 * step, step);
    }
  }
}

/** Sums of four filters for a column of a tile: Aᵀ, with four results that lie 96 bytes apart. */
function outputColumn(from: usize, step: usize, to: usize): void {
  const m0 = v128.load(from);
  const m1 = v128.load(from + step);
  const m2 = v128.load(from + 2 * step);
  const m3 = v128.load(from + 3 * step);
  const m4 = v128.load(from + 4 * step);
  const m5 = v128.load(from + 5 * step);
  const a = f32x4.add(m1, m2);
  const b = f32x4.sub(m1, m2);
  const c = f32x4.add(m3, m4);
  const e = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(m0, f32x4.add(a, c)));
  v128.store(to, f32x4.add(b, f32x4.mul(e, f32x4.splat(2))), 96);
  v128.store(to, f32x4.add(a, f32x4.mul(c, f32x4.splat(4))), 192);
  v128.store(to, f32x4.add(f32x4.add(b, f32x4.mul(e, f32x4.splat(8))), m5), 288);
}

/** Stores a tile of 4×4 pixels. */
export function outputTile4(op: Winograd, from: usize, step: usize, temporary: usize, targets: usize): void {
  const lanes = (<usize>op.filters) << 2;
  for (let lane: usize = 0; lane < lanes; lane += 16) {
    for (let j: usize = 0; j < 6; j++) outputColumn(from + lane + j * step, 6 * step, temporary + (j << 4));
    for (let i = 0; i < 4; i++) {
      const sums = temporary + <usize>i * 96;
      const m0 = v128.load(sums);
      const m1 = v128.load(sums, 16);
      const m2 = v128.load(sums, 32);
      const m3 = v128.load(sums, 48);
      const m4 = v128.load(sums, 64);
      const m5 = v128.load(sums, 80);
      const a = f32x4.add(m1, m2);
      const b = f32x4.sub(m1, m2);
      const c = f32x4.add(m3, m4);
      const e = f32x4.sub(m3, m4);
      storePixel(op, f32x4.add(m0, f32x4.add(a, c)), targets, 4 * i, lane);
      storePixel(op, f32x4.add(b, f32x4.mul(e, f32x4.splat(2))), targets, 4 * i + 1, lane);
      storePixel(op, f32x4.add(a, f32x4.mul(c, f32x4.splat(4))), targets, 4 * i + 2, lane);
      const last = f32x4.add(f32x4.add(b, f32x4.mul(e, f32x4.splat(8))), m5);
      storePixel(op, last, targets, 4 * i + 3, lane);
    }
  }
}

/** Three taps, to six numbers that lie `step` apart: G. */
function transformTaps(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const sixth = f32x4.splat(1.0 / 6);
  const outer = f32x4.mul(f32x4.add(g0, g2), sixth);
  const inner = f32x4.mul(g1, sixth);
  const sum = f32x4.add(f32x4.mul(g0, f32x4.splat(1.0 / 24)), f32x4.mul(g2, sixth));
  const half = f32x4.mul(g1, f32x4.splat(1.0 / 12));
  v128.store(to, f32x4.mul(g0, f32x4.splat(0.25)));
  v128.store(to + step, f32x4.neg(f32x4.add(outer, inner)));
  v128.store(to + 2 * step, f32x4.sub(inner, outer));
  v128.store(to + 3 * step, f32x4.add(sum, half));
  v128.store(to + 4 * step, f32x4.sub(sum, half));
  v128.store(to + 5 * step, g2);
}

/** 3×3 taps that lie `depth` apart, of four filters and one channel, to 36 numbers that lie `step` apart. */
export function filters4(from: usize, depth: usize, temporary: usize, to: usize, step: usize): void {
  for (let j: usize = 0; j < 3; j++) {
    const tap = from + j * depth;
    const below = v128.load(tap + 3 * depth);
    transformTaps(v128.load(tap), below, v128.load(tap + 6 * depth), temporary + (j << 4), 48);
  }
  for (let i: usize = 0; i < 6; i++) {
    const row = temporary + i * 48;
    transformTaps(v128.load(row), v128.load(row, 16), v128.load(row, 32), to + i * 6 * step, step);
  }
}
