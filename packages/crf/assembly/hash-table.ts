// An open table of keys: slots of 16 bytes that hold a key and its number, `EMPTY` where nothing is. Numbers count up from 0.

const EMPTY: u32 = 0xffffffff;

const FACTOR: u64 = 0x9e3779b97f4a7c15;

function slotOf(key: u64, shift: u64): u32 {
  return <u32>((key * FACTOR) >> shift);
}

/**
 * The number of `key`, which becomes `count` if the table has none. New keys are written behind one another to `keys`.
 *
 * @param shift 64 less the binary logarithm of the number of slots.
 */
export function insertKey(slots: usize, shift: u64, keys: usize, count: u32, key: u64): u32 {
  const mask = <u32>((<u64>-1) >> shift);
  let slot = slotOf(key, shift);
  while (true) {
    const at = slots + ((<usize>slot) << 4);
    const number = load<u32>(at, 8);
    if (number == EMPTY) {
      store<u64>(at, key);
      store<u32>(at, count, 8);
      store<u64>(keys + ((<usize>count) << 3), key);
      return count;
    }
    if (load<u64>(at) == key) return number;
    slot = (slot + 1) & mask;
  }
}

/** Fills a table of `1 << (64 − shift)` slots with `count` keys. */
export function fillTable(slots: usize, shift: i32, keys: usize, count: u32): void {
  memory.fill(slots, 0xff, (<usize>16) << (64 - shift));
  for (let number: u32 = 0; number < count; number++) {
    insertKey(slots, shift, keys, number, load<u64>(keys + ((<usize>number) << 3)));
  }
}
