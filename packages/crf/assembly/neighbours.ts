/** Stands for no vertex. */
export const NOBODY: u32 = 0xffffffff;

/** Bytes of an entry: a vertex, the one before it along an axis, and the one behind it. */
export const ENTRY: usize = 12;

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
 * Each vertex' neighbours along one axis: the vertex behind it is the one whose key is `step` more.
 *
 * Keys are sorted, and so are those of neighbours: both are walked once. A sum of more than 64 bits begins again at 0, so the walk does too.
 *
 * @param names number of each key's vertex. @param next receives each vertex' neighbour, `previous` whose neighbour it is; one word more is
 *   written to, as nothing tells which vertices have neighbours.
 */
function findNeighbours(keys: usize, names: usize, count: u32, step: u64, next: usize, previous: usize): void {
  memory.fill(previous, 0xff, (<usize>count) << 2);
  const least = load<u64>(keys);
  const first = least + step;
  const end = keys + ((<usize>count) << 3);
  let other = firstFrom(keys, count, first);
  if (other == count) other = 0;
  let left = count;
  for (let key = keys; key < end; key += 8) {
    const sought = load<u64>(key) - least;
    let gap: u64 = 0;
    while (left > 0 && (gap = load<u64>(keys + ((<usize>other) << 3)) - first) < sought) {
      other = other + 1 == count ? 0 : other + 1;
      left--;
    }
    const isHere = (left > 0) & (gap == sought);
    const name = load<u32>(names + ((key - keys) >> 1));
    const found = load<u32>(names + ((<usize>other) << 2));
    store<u32>(next + ((<usize>name) << 2), select(found, NOBODY, isHere));
    store<u32>(previous + ((<usize>select(found, count, isHere)) << 2), name);
  }
}

/**
 * Lists the vertices that have neighbours along one axis, in the order of their numbers, with these.
 *
 * Without branches, as nothing tells which they are.
 *
 * @param keys sorted. @param names number of each key's vertex. @param step what a key gains on the way to the vertex behind.
 * @param groups first vertex of each group of vertices, and behind them the number of all.
 * @param list receives the entries; there must be room for one more than vertices.
 * @param ends receives, for each group, how many entries there are up to its end.
 * @param leads receives, for each group, a vertex to which the axis leads from there, if any.
 * @param scratch 8 bytes a vertex, and 4 more.
 */
export function listNeighbours(
  keys: usize,
  names: usize,
  count: u32,
  step: u64,
  groups: usize,
  groupCount: i32,
  list: usize,
  ends: usize,
  leads: usize,
  scratch: usize,
): void {
  let next = scratch;
  let previous = scratch + ((<usize>count) << 2);
  findNeighbours(keys, names, count, step, next, previous);
  let to = list;
  let vertex: u32 = 0;
  for (let group = 0; group < groupCount; group++) {
    groups += 4;
    let lead = NOBODY;
    for (const end = load<u32>(groups); vertex < end; vertex++) {
      const before = load<u32>(previous);
      const behind = load<u32>(next);
      store<u32>(to, vertex);
      store<u32>(to, before, 4);
      store<u32>(to, behind, 8);
      lead = select(behind, lead, behind != NOBODY);
      to += ENTRY * <usize>((before & behind) != NOBODY);
      previous += 4;
      next += 4;
    }
    store<u32>(ends, <u32>((to - list) / ENTRY));
    store<u32>(leads, lead);
    ends += 4;
    leads += 4;
  }
}
