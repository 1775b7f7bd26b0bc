/** Bits that one pass sorts by. */
const DIGIT: i32 = 11;
const BUCKETS: usize = 1 << DIGIT;
const COUNTERS: usize = BUCKETS << 2;

/** Bytes of scratch that sorting `count` keys takes. */
export function sortBytes(count: u32): usize {
  return COUNTERS + <usize>count * 24;
}

function counterOf(counters: usize, key: u64, shift: u64): usize {
  return counters + (((<usize>(key >> shift)) & (BUCKETS - 1)) << 2);
}

/** Where the first key of each digit goes. */
function placeDigits(keys: usize, end: usize, shift: u64, counters: usize): void {
  memory.fill(counters, 0, COUNTERS);
  for (; keys < end; keys += 8) {
    const counter = counterOf(counters, load<u64>(keys), shift);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let sum: u32 = 0;
  for (const last = counters + COUNTERS; counters < last; counters += 4) {
    const count = load<u32>(counters);
    store<u32>(counters, sum);
    sum += count;
  }
}

/** Sorts by one digit, keeping the order of equal ones. @param from keys, and behind all of them the numbers of each. */
function sortByDigit(from: usize, count: usize, shift: u64, counters: usize, to: usize): void {
  const end = from + (count << 3);
  placeDigits(from, end, shift, counters);
  const numbersTo = to + (count << 3);
  for (let number = end; from < end; from += 8) {
    const key = load<u64>(from);
    const counter = counterOf(counters, key, shift);
    const place = <usize>load<u32>(counter);
    store<u32>(counter, <u32>place + 1);
    store<u64>(to + (place << 3), key);
    store<u32>(numbersTo + (place << 2), load<u32>(number));
    number += 4;
  }
}

/**
 * Sorts keys, and lists where each went.
 *
 * @param bits in which keys differ, from the lowest. @param ranks receives a word for each key. @param scratch `sortBytes(count)`.
 */
export function sortKeys(keys: usize, count: u32, bits: i32, ranks: usize, scratch: usize): void {
  const bytes = (<usize>count) << 3;
  const first = scratch + COUNTERS;
  const second = first + <usize>count * 12;
  memory.copy(first, keys, bytes);
  for (let i: u32 = 0; i < count; i++) store<u32>(first + bytes + ((<usize>i) << 2), i);
  for (let shift = 0; shift < bits; shift += 2 * DIGIT) {
    sortByDigit(first, count, shift, scratch, second);
    sortByDigit(second, count, shift + DIGIT, scratch, first);
  }
  memory.copy(keys, first, bytes);
  for (let i: u32 = 0; i < count; i++) {
    const number = load<u32>(first + bytes + ((<usize>i) << 2));
    store<u32>(ranks + ((<usize>number) << 2), i);
  }
}
