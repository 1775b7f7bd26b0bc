import { START } from './chains';
import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6 } from './vectors';

/**
 * Adds half of both neighbours to each vertex of some chains, in place: what a vertex held before is kept for the next.
 *
 * Without branches, as chains of photographs are short. @param zeros a row of zeros, the neighbour of both ends.
 */
function blurRows<T>(values: usize, chain: usize, end: usize, zeros: usize): void {
  const half = f32x4.splat(0.5);
  let p0 = f32x4.splat(0);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  let p4 = p0;
  let p5 = p0;
  for (; chain < end; chain += 4) {
    const entry = load<u32>(chain);
    const next = load<u32>(chain, 4);
    const row = values + <usize>(entry & ~START) * offsetof<T>();
    const neighbour = next >= START ? zeros : values + <usize>next * offsetof<T>();
    const follows = i32x4.splat(<i32>(entry >> 31) - 1);
    let old = v128.load(row);
    v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p0, follows), v128.load(neighbour)))));
    p0 = old;
    if (offsetof<T>() > 16) {
      old = v128.load(row, 16);
      v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p1, follows), v128.load(neighbour, 16)))), 16);
      p1 = old;
    }
    if (offsetof<T>() > 32) {
      old = v128.load(row, 32);
      v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p2, follows), v128.load(neighbour, 32)))), 32);
      p2 = old;
    }
    if (offsetof<T>() > 48) {
      old = v128.load(row, 48);
      v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p3, follows), v128.load(neighbour, 48)))), 48);
      p3 = old;
    }
    if (offsetof<T>() > 64) {
      old = v128.load(row, 64);
      v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p4, follows), v128.load(neighbour, 64)))), 64);
      p4 = old;
    }
    if (offsetof<T>() > 80) {
      old = v128.load(row, 80);
      v128.store(row, f32x4.add(old, f32x4.mul(half, f32x4.add(v128.and(p5, follows), v128.load(neighbour, 80)))), 80);
      p5 = old;
    }
  }
}

/** The first start of a chain from an entry on. */
function startFrom(chains: usize, entry: i32): usize {
  let at = chains + ((<usize>entry) << 2);
  while (load<u32>(at) < START) at += 4;
  return at;
}

/**
 * Blurs one block of a lattice along one axis.
 *
 * @param vectors of 4 lanes in a row.
 * @param from entry of the list; the chains that start from here on, and before `to`, are blurred.
 */
export function blur(vectors: i32, values: usize, chains: usize, from: i32, to: i32, zeros: usize): void {
  const first = startFrom(chains, from);
  const end = startFrom(chains, to);
  switch (vectors) {
    case 1:
      return blurRows<Vectors1>(values, first, end, zeros);
    case 2:
      return blurRows<Vectors2>(values, first, end, zeros);
    case 3:
      return blurRows<Vectors3>(values, first, end, zeros);
    case 4:
      return blurRows<Vectors4>(values, first, end, zeros);
    case 5:
      return blurRows<Vectors5>(values, first, end, zeros);
    default:
      return blurRows<Vectors6>(values, first, end, zeros);
  }
}
