import { EMPTY, findKey } from './hash-table';

/** Marks the first vertex of a chain. */
export const START: u32 = 0x80000000;

/**
 * Each vertex' neighbour along one axis: the vertex whose key is 1 less in every coordinate but `d` more in that of the axis.
 *
 * @param wrap what a key of remainder 0 gains: `d` less the sum of all strides.
 * @param follows receives 1 for each vertex that is somebody's neighbour.
 */
function findNext(
  slots: usize,
  shift: i32,
  keys: usize,
  count: u32,
  stride: u64,
  wrap: u64,
  next: usize,
  follows: usize,
): void {
  memory.fill(follows, 0, count);
  for (let vertex: u32 = 0; vertex < count; vertex++) {
    const key = load<u64>(keys + ((<usize>vertex) << 3));
    const neighbour = findKey(slots, shift, stride + (key & 31 ? key - 1 : key + wrap));
    store<u32>(next + ((<usize>vertex) << 2), neighbour);
    if (neighbour != EMPTY) store<u8>(follows + neighbour, 1);
  }
}

/**
 * Lists the chains of neighbours along one axis, one behind the other. Vertices without neighbours are in none.
 *
 * @param scratch 5 bytes a vertex.
 * @returns entries of the list, behind which there is the mark of one more start.
 */
export function listChains(
  slots: usize,
  shift: i32,
  keys: usize,
  count: u32,
  stride: u64,
  wrap: u64,
  chains: usize,
  scratch: usize,
): i32 {
  const follows = scratch + ((<usize>count) << 2);
  findNext(slots, shift, keys, count, stride, wrap, scratch, follows);
  let to = chains;
  for (let vertex: u32 = 0; vertex < count; vertex++) {
    let next = load<u32>(scratch + ((<usize>vertex) << 2));
    if (next == EMPTY || load<u8>(follows + vertex)) continue;
    store<u32>(to, vertex | START);
    to += 4;
    for (; next != EMPTY; next = load<u32>(scratch + ((<usize>next) << 2))) {
      store<u32>(to, next);
      to += 4;
    }
  }
  store<u32>(to, START);
  return <i32>((to - chains) >> 2);
}
