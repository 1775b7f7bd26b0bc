import { insertKey } from './hash-table';
import { findSimplices, POSITIONS, QUOTIENTS, RANKS, SIMPLEX_BYTES } from './simplex';

/** Where scratch holds one pixel's distances and steps, sorted by rank. */
const SORTED: usize = SIMPLEX_BYTES;
const STEPS: usize = SORTED + 80;
export const EMBED_BYTES: usize = STEPS + 144;

/** Simplices that are remembered: most pixels lie in one that a pixel nearby was in. */
const MEMO_BITS: u64 = 12;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** What embedding pixels reads and writes. */
@unmanaged
export class Embedding {
  /** Planes of one feature each, `plane` bytes apart, padded to four pixels. */
  features: usize;
  plane: usize;
  dimensions: i32;
  /** A factor for each feature. */
  scales: usize;
  /** What each coordinate counts in a key, and behind that the key of the origin. */
  steps: usize;
  /** Vertices `[pixels, dimensions + 1]`, and the weight of each. */
  rows: usize;
  weights: usize;
  slots: usize;
  shift: i32;
  keys: usize;
  count: u32;
  /** Keys that the table may hold. */
  most: u32;
  /** The first pixel that was not embedded yet. */
  next: i32;
  /** Entries of two words and the vertices, or 0 where ranks do not fit one word. */
  memo: usize;
  memoStep: usize;
  scratch: usize;
}

/** Bytes of the memo. */
export function memoBytes(step: usize): usize {
  return step << (<usize>MEMO_BITS);
}

/** Weights of a simplex' vertices, from distances sorted by rank. */
function writeWeights(sorted: usize, dimensions: i32, to: usize): void {
  const last = sorted + ((<usize>dimensions) << 2);
  store<f32>(to, load<f32>(last) + 1 - load<f32>(sorted));
  for (let at = last - 4; at >= sorted; at -= 4) {
    to += 4;
    store<f32>(to, load<f32>(at) - load<f32>(at, 4));
  }
}

/** Numbers of a simplex' vertices: from each to the next, one coordinate wraps, that of the highest rank first. */
function writeRows(e: Embedding, first: u64, to: usize): void {
  let key = first;
  let step = e.scratch + STEPS + ((<usize>e.dimensions) << 3);
  let count = e.count;
  for (const end = to + ((<usize>e.dimensions) << 2); to <= end; to += 4) {
    const row = insertKey(e.slots, e.shift, e.keys, count, key);
    count += <u32>(row == count);
    store<u32>(to, row);
    key -= load<u64>(step);
    step -= 8;
  }
  e.count = count;
}

/** The same, unless the memo has the simplex. */
function recallRows(e: Embedding, key: u64, ranks: u64, to: usize): void {
  const slot = ((key ^ (ranks * 0xd6e8feb86659fd93)) * FACTOR) >> (64 - MEMO_BITS);
  const entry = e.memo + <usize>slot * e.memoStep;
  const bytes = (<usize>(e.dimensions + 1)) << 2;
  if (load<u64>(entry) != key || load<u64>(entry, 8) != ranks) {
    writeRows(e, key, to);
    store<u64>(entry, key);
    store<u64>(entry, ranks, 8);
    for (let at: usize = 0; at < bytes; at += 4) store<u32>(entry + at, load<u32>(to + at), 16);
    return;
  }
  for (let at: usize = 0; at < bytes; at += 4) store<u32>(to + at, load<u32>(entry + at, 16));
}

/** One of the four pixels that scratch holds. @param lane 4 bytes for each pixel before it. */
function embedPixel(e: Embedding, lane: usize, pixel: i32): void {
  const corners = (<usize>pixel * (e.dimensions + 1)) << 2;
  let key = load<u64>(e.steps + ((<usize>(e.dimensions + 1)) << 3));
  let ranks: u64 = 0;
  for (let i = 0; i <= e.dimensions; i++) {
    const at = e.scratch + ((<usize>i) << 4) + lane;
    const rank = load<u32>(at, RANKS);
    const step = load<u64>(e.steps + ((<usize>i) << 3));
    store<f32>(e.scratch + ((<usize>rank) << 2), load<f32>(at, POSITIONS), SORTED);
    store<u64>(e.scratch + ((<usize>rank) << 3), step, STEPS);
    key += step * <u64>(<i64>load<i32>(at, QUOTIENTS));
    ranks = (ranks << 5) | (<u64>rank);
  }
  writeWeights(e.scratch + SORTED, e.dimensions, e.weights + corners);
  if (e.memo) recallRows(e, key, ranks, e.rows + corners);
  else writeRows(e, key, e.rows + corners);
}

/**
 * Finds the vertices of pixels from `next` on, numbered in the order in which pixels first touch them.
 *
 * Stops before `to` when the table has no room.
 */
export function embed(e: Embedding, to: i32): void {
  const corners = <u32>e.dimensions + 1;
  for (; e.next < to && e.count + (corners << 2) <= e.most; e.next += 4) {
    const from = e.next;
    findSimplices(e.features + ((<usize>from) << 2), e.plane, e.dimensions, e.scales, e.scratch);
    const lanes = min(to - from, 4);
    for (let lane = 0; lane < lanes; lane++) embedPixel(e, (<usize>lane) << 2, from + lane);
  }
}
