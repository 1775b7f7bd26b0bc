/**
 * Numbers vertices anew: those whose keys agree in the bits of `mask` follow one another, in the order in which pixels first touched them.
 *
 * @param keys sorted. @param ranks place of each vertex among them, by its old number; replaced by its new one.
 * @param names receives the new number for each place.
 * @param groups receives the number of each group's first vertex. @param cursors scratch, likewise a word for each group.
 * @returns how many groups there are.
 */
export function numberGroups(
  keys: usize,
  count: u32,
  mask: u64,
  ranks: usize,
  names: usize,
  groups: usize,
  cursors: usize,
): i32 {
  let group = -1;
  let last: u64 = 0;
  for (let place: u32 = 0; place < count; place++) {
    const prefix = load<u64>(keys + ((<usize>place) << 3)) & mask;
    if (group < 0 || prefix != last) {
      group++;
      store<u32>(groups + ((<usize>group) << 2), place);
      store<u32>(cursors + ((<usize>group) << 2), place);
      last = prefix;
    }
    store<u32>(names + ((<usize>place) << 2), group);
  }
  for (const end = ranks + ((<usize>count) << 2); ranks < end; ranks += 4) {
    const name = names + ((<usize>load<u32>(ranks)) << 2);
    const cursor = cursors + ((<usize>load<u32>(name)) << 2);
    const number = load<u32>(cursor);
    store<u32>(cursor, number + 1);
    store<u32>(name, number);
    store<u32>(ranks, number);
  }
  return group + 1;
}

/** Replaces numbers by what `names` has for them. */
export function renumber(numbers: usize, count: u32, names: usize): void {
  for (const end = numbers + ((<usize>count) << 2); numbers < end; numbers += 4) {
    store<u32>(numbers, load<u32>(names + ((<usize>load<u32>(numbers)) << 2)));
  }
}
