// Four pixels at a time: which simplex of the permutohedral lattice holds each, and where in it. After Adams, Baek and Davis 2010, §3.1.

/** Scratch, in arrays of 17 vectors, one for each coordinate of the hyperplane. */
const ARRAY: usize = 17 << 4;
export const POSITIONS: usize = 0;
export const QUOTIENTS: usize = ARRAY;
export const RANKS: usize = 2 * ARRAY;
export const SIMPLEX_BYTES: usize = 3 * ARRAY;

/** Into the hyperplane where coordinates sum to 0. @param features where the four pixels' first feature is. */
function elevate(features: usize, plane: usize, dimensions: i32, scales: usize, scratch: usize): void {
  let sum = f32x4.splat(0);
  for (let j = dimensions; j > 0; j--) {
    const feature = v128.load(features + <usize>(j - 1) * plane);
    const scaled = f32x4.mul(feature, v128.load32_splat(scales + ((<usize>(j - 1)) << 2)));
    v128.store(scratch + POSITIONS + ((<usize>j) << 4), f32x4.sub(sum, f32x4.mul(f32x4.splat(<f32>j), scaled)));
    sum = f32x4.add(sum, scaled);
  }
  v128.store(scratch + POSITIONS, sum);
}

/** Rounds to multiples of d + 1. Positions become distances from them. @returns the sum of the multiples, which may lie off the plane. */
function roundPositions(dimensions: i32, scratch: usize): v128 {
  const size = f32x4.splat(<f32>(dimensions + 1));
  const inverse = f32x4.splat(<f32>1 / <f32>(dimensions + 1));
  let sum = f32x4.splat(0);
  for (let i = 0; i <= dimensions; i++) {
    const at = scratch + ((<usize>i) << 4);
    const position = v128.load(at, POSITIONS);
    const quotient = f32x4.nearest(f32x4.mul(inverse, position));
    v128.store(at, quotient, QUOTIENTS);
    v128.store(at, f32x4.splat(0), RANKS);
    v128.store(at, f32x4.sub(position, f32x4.mul(quotient, size)), POSITIONS);
    sum = f32x4.add(sum, quotient);
  }
  return sum;
}

/** Ranks coordinates by descending distance; of equal ones the later comes later. */
function rankPositions(dimensions: i32, scratch: usize): void {
  const one = f32x4.splat(1);
  for (let i = 0; i < dimensions; i++) {
    const at = scratch + ((<usize>i) << 4);
    const position = v128.load(at, POSITIONS);
    let rank = v128.load(at, RANKS);
    for (let j = i + 1; j <= dimensions; j++) {
      const other = scratch + ((<usize>j) << 4);
      const less = v128.and(one, f32x4.lt(position, v128.load(other, POSITIONS)));
      rank = f32x4.add(rank, less);
      v128.store(other, f32x4.add(v128.load(other, RANKS), f32x4.sub(one, less)), RANKS);
    }
    v128.store(at, rank, RANKS);
  }
}

/** Brings the rounded point back to the plane. Positions become multiples of d + 1, ranks and quotients integers. */
function returnToPlane(sum: v128, dimensions: i32, scratch: usize): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const size = f32x4.splat(<f32>(dimensions + 1));
  const inverse = f32x4.splat(<f32>1 / <f32>(dimensions + 1));
  for (let i = 0; i <= dimensions; i++) {
    const at = scratch + ((<usize>i) << 4);
    const rank = f32x4.add(v128.load(at, RANKS), sum);
    const move = f32x4.sub(v128.and(one, f32x4.lt(rank, zero)), v128.and(one, f32x4.ge(rank, size)));
    const turn = f32x4.mul(move, size);
    v128.store(at, i32x4.trunc_sat_f32x4_s(f32x4.add(rank, turn)), RANKS);
    v128.store(at, i32x4.trunc_sat_f32x4_s(f32x4.add(v128.load(at, QUOTIENTS), move)), QUOTIENTS);
    v128.store(at, f32x4.mul(f32x4.sub(v128.load(at, POSITIONS), turn), inverse), POSITIONS);
  }
}

/**
 * Finds four pixels' simplices.
 *
 * @param features planes of one feature each, `plane` bytes apart.
 * @param scratch receives positions, quotients and ranks of each coordinate.
 */
export function findSimplices(features: usize, plane: usize, dimensions: i32, scales: usize, scratch: usize): void {
  elevate(features, plane, dimensions, scales, scratch);
  const sum = roundPositions(dimensions, scratch);
  rankPositions(dimensions, scratch);
  returnToPlane(sum, dimensions, scratch);
}
