/** Marks a name that is still the number of a group. */
const GROUP: u32 = 0x80000000;

/** Drops sorted keys that are there more than once. @param places receives the place of each afterwards. @returns how many are left. */
export function uniteKeys(keys: usize, count: u32, places: usize): u32 {
  let united: u32 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const key = load<u64>(keys + (i << 3));
    if (i == 0 || key != load<u64>(keys + ((<usize>(united - 1)) << 3))) {
      store<u64>(keys + ((<usize>united) << 3), key);
      united++;
    }
    store<u32>(places + (i << 2), united - 1);
  }
  return united;
}

/**
 * Lists groups: keys that agree in the bits of `mask`.
 *
 * @param keys sorted. @param names receives each key's group, marked. @param groups receives the place of each group's first key.
 * @param cursors receives the same.
 * @returns how many groups there are.
 */
function listGroups(keys: usize, count: u32, mask: u64, names: usize, groups: usize, cursors: usize): u32 {
  let found: u32 = 0;
  let last: u64 = 0;
  for (let place: u32 = 0; place < count; place++) {
    const prefix = load<u64>(keys + ((<usize>place) << 3)) & mask;
    if (found == 0 || prefix != last) {
      store<u32>(groups + ((<usize>found) << 2), place);
      store<u32>(cursors + ((<usize>found) << 2), place);
      last = prefix;
      found++;
    }
    store<u32>(names + ((<usize>place) << 2), (found - 1) | GROUP);
  }
  return found;
}

/**
 * Numbers vertices anew: those of a group follow one another, in the order in which pixels first touched them.
 *
 * @param ranks place of each vertex among the keys, by its old number, of which it may have several; replaced by its new one.
 * @param names receives the new number for each place.
 * @param groups receives the number of each group's first vertex. @param cursors scratch, likewise a word for each group.
 * @returns how many groups there are.
 */
export function numberGroups(
  keys: usize,
  count: u32,
  mask: u64,
  ranks: usize,
  rankCount: u32,
  names: usize,
  groups: usize,
  cursors: usize,
): u32 {
  const found = listGroups(keys, count, mask, names, groups, cursors);
  for (const end = ranks + ((<usize>rankCount) << 2); ranks < end; ranks += 4) {
    const name = names + ((<usize>load<u32>(ranks)) << 2);
    let number = load<u32>(name);
    if (number >= GROUP) {
      const cursor = cursors + ((<usize>(number & ~GROUP)) << 2);
      number = load<u32>(cursor);
      store<u32>(cursor, number + 1);
      store<u32>(name, number);
    }
    store<u32>(ranks, number);
  }
  return found;
}

/** Replaces numbers by what `names` has for them. */
export function renumber(numbers: usize, count: u32, names: usize): void {
  for (const end = numbers + ((<usize>count) << 2); numbers < end; numbers += 4) {
    store<u32>(numbers, load<u32>(names + ((<usize>load<u32>(numbers)) << 2)));
  }
}
