/** Marks the first vertex of a chain. */
export const START: u32 = 0x80000000;

/** Stands for no vertex. */
const NOBODY: u32 = 0xffffffff;

/** The first of `count` sorted keys that is not less than another. */
function firstFrom(keys: usize, count: u32, key: u64): u32 {
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u64>(keys + ((<usize>middle) << 3)) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Each vertex' neighbour along one axis: the vertex whose key is `step` more.
 *
 * Keys are sorted, and so are those of neighbours: both are walked once. A sum of more than 64 bits begins again at 0, so the walk does too.
 *
 * @param names number of each key's vertex. @param follows receives 1 for each vertex that is somebody's neighbour; a byte more is
 *   written to, as nothing tells which vertices are.
 */
function findNext(keys: usize, names: usize, count: u32, step: u64, next: usize, follows: usize): void {
  memory.fill(follows, 0, count);
  const least = load<u64>(keys);
  const first = least + step;
  const end = keys + ((<usize>count) << 3);
  let other = firstFrom(keys, count, first);
  if (other == count) other = 0;
  let left = count;
  let name = names;
  for (let key = keys; key < end; key += 8) {
    const sought = load<u64>(key) - least;
    let gap: u64 = 0;
    while (left > 0 && (gap = load<u64>(keys + ((<usize>other) << 3)) - first) < sought) {
      other = other + 1 == count ? 0 : other + 1;
      left--;
    }
    const isHere = (left > 0) & (gap == sought);
    const found = load<u32>(names + ((<usize>other) << 2));
    store<u32>(next + ((<usize>load<u32>(name)) << 2), select(found, NOBODY, isHere));
    store<u8>(follows + select(found, count, isHere), 1);
    name += 4;
  }
}

/** Lists vertices that have a neighbour and are nobody's. Without branches, as nothing tells which they are. @returns where the list ends. */
function listStarts(next: usize, follows: usize, count: u32, starts: usize): usize {
  for (let vertex: u32 = 0; vertex < count; vertex++) {
    store<u32>(starts, vertex);
    const isStart = (<u32>(load<u32>(next) != NOBODY)) & (<u32>(load<u8>(follows + vertex) == 0));
    starts += (<usize>isStart) << 2;
    next += 4;
  }
  return starts;
}

/**
 * Lists the chains of neighbours along one axis, one behind the other. Vertices without neighbours are in none.
 *
 * @param keys sorted. @param names number of each key's vertex. @param step what a key gains on the way to the neighbour.
 * @param cuts some vertices, in order, each replaced by the first entry of a chain that starts there or beyond. @param cutCount how many.
 * @param length receives how many entries the list has, behind which there is the mark of one more start.
 * @param scratch 9 bytes a vertex, and 5 more.
 */
export function listChains(
  keys: usize,
  names: usize,
  count: u32,
  step: u64,
  cuts: usize,
  cutCount: i32,
  chains: usize,
  length: usize,
  scratch: usize,
): void {
  const starts = scratch + ((<usize>count) << 2);
  const follows = starts + ((<usize>count + 1) << 2);
  findNext(keys, names, count, step, scratch, follows);
  const end = listStarts(scratch, follows, count, starts);
  const lastCut = cuts + ((<usize>cutCount) << 2);
  let to = chains;
  for (let at = starts; at < end; at += 4) {
    const start = load<u32>(at);
    for (; cuts < lastCut && load<u32>(cuts) <= start; cuts += 4) store<u32>(cuts, <u32>((to - chains) >> 2));
    store<u32>(to, start | START);
    to += 4;
    let next = load<u32>(scratch + ((<usize>start) << 2));
    for (; next != NOBODY; next = load<u32>(scratch + ((<usize>next) << 2))) {
      store<u32>(to, next);
      to += 4;
    }
  }
  for (; cuts < lastCut; cuts += 4) store<u32>(cuts, <u32>((to - chains) >> 2));
  store<u32>(to, START);
  store<u32>(length, <u32>((to - chains) >> 2));
}
