import { storePixel } from './winograd-output';
import { Winograd } from './winograd';

/** Four numbers, to where results lie `step` apart: Bᵀ. */
function transformInput(d0: v128, d1: v128, d2: v128, d3: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.sub(d0, d2));
  v128.store(to + step, f32x4.add(d1, d2));
  v128.store(to + 2 * step, f32x4.sub(d2, d1));
  v128.store(to + 3 * step, f32x4.sub(d1, d3));
}

function pixelAt(sources: usize, index: i32, lane: usize): v128 {
  return v128.load(load<usize>(sources + ((<usize>index) << 2)) + lane);
}

/** All channels of a tile of 4×4 pixels, transformed. @param step bytes from one frequency to the next. */
export function inputTile2(sources: usize, temporary: usize, to: usize, step: usize, pitch: usize): void {
  for (let lane: usize = 0; lane < pitch; lane += 16) {
    for (let j = 0; j < 4; j++) {
      const d0 = pixelAt(sources, j, lane);
      const d1 = pixelAt(sources, j + 4, lane);
      const d2 = pixelAt(sources, j + 8, lane);
      const d3 = pixelAt(sources, j + 12, lane);
      transformInput(d0, d1, d2, d3, temporary + ((<usize>j) << 4), 64);
    }
    for (let i: usize = 0; i < 4; i++) {
      const row = temporary + i * 64;
      const d0 = v128.load(row);
      const d1 = v128.load(row, 16);
      const d2 = v128.load(row, 32);
      const d3 = v128.load(row, 48);
      transformInput(d0, d1, d2, d3, to + lane + i * 4 * step, step);
    }
  }
}

/** Stores a tile of 2×2 pixels. */
export function outputTile2(op: Winograd, from: usize, step: usize, temporary: usize, targets: usize): void {
  const lanes = (<usize>op.filters) << 2;
  for (let lane: usize = 0; lane < lanes; lane += 16) {
    for (let j: usize = 0; j < 4; j++) {
      const products = from + lane + j * step;
      const m1 = v128.load(products + 4 * step);
      const m2 = v128.load(products + 8 * step);
      const sums = temporary + (j << 4);
      v128.store(sums, f32x4.add(v128.load(products), f32x4.add(m1, m2)));
      v128.store(sums, f32x4.sub(f32x4.sub(m1, m2), v128.load(products + 12 * step)), 64);
    }
    for (let i = 0; i < 2; i++) {
      const sums = temporary + <usize>(i << 6);
      const m1 = v128.load(sums, 16);
      const m2 = v128.load(sums, 32);
      storePixel(op, f32x4.add(v128.load(sums), f32x4.add(m1, m2)), targets, 2 * i, lane);
      const second = f32x4.sub(f32x4.sub(m1, m2), v128.load(sums, 48));
      storePixel(op, second, targets, 2 * i + 1, lane);
    }
  }
}

/** Three taps, to four numbers that lie `step` apart: G. */
function transformTaps(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const half = f32x4.splat(0.5);
  const outer = f32x4.mul(f32x4.add(g0, g2), half);
  const inner = f32x4.mul(g1, half);
  v128.store(to, g0);
  v128.store(to + step, f32x4.add(outer, inner));
  v128.store(to + 2 * step, f32x4.sub(outer, inner));
  v128.store(to + 3 * step, g2);
}

/** 3×3 taps that lie `depth` apart, of four filters and one channel, to 16 numbers that lie `step` apart. */
export function filters2(from: usize, depth: usize, temporary: usize, to: usize, step: usize): void {
  for (let j: usize = 0; j < 3; j++) {
    const tap = from + j * depth;
    const below = v128.load(tap + 3 * depth);
    transformTaps(v128.load(tap), below, v128.load(tap + 6 * depth), temporary + (j << 4), 48);
  }
  for (let i: usize = 0; i < 4; i++) {
    const row = temporary + i * 48;
    transformTaps(v128.load(row), v128.load(row, 16), v128.load(row, 32), to + i * 4 * step, step);
  }
}
