import { forEach } from './corner-threads.ts';
import { EMPTY, HASH } from './table.ts';

/**
 * Gives all corners with the same key the same slot of an open table. A slot holds the number of a corner, plus 1, whose key is compared: there are no
 * fingerprints that could agree by chance. One thread for each corner of each pixel.
 */
export const CLAIM = /* wgsl */ `
struct Size { count: u32, mask: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> keys: array<vec2u>;
@group(0) @binding(2) var<storage, read_write> slots: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> places: array<u32>;
${HASH}
${forEach(/* wgsl */ `
  let key = keys[i];
  var slot = slotOf(key);
  loop {
    let claim = atomicCompareExchangeWeak(&slots[slot], ${EMPTY}u, i + 1u);
    if (claim.exchanged) { break; }
    // it may fail for no reason
    if (claim.old_value == ${EMPTY}u) { continue; }
    if (all(keys[claim.old_value - 1u] == key)) { break; }
    slot = (slot + 1u) & size.mask;
  }
  places[i] = slot;`)}
`;

/** Leaves the first corner of each key in its slot, whoever came first. */
export const ELECT = /* wgsl */ `
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> places: array<u32>;
@group(0) @binding(2) var<storage, read_write> slots: array<atomic<u32>>;
${forEach('atomicMin(&slots[places[i]], i + 1u);')}
`;

/** 1 for each corner that is the first of its key. */
export const FLAG = /* wgsl */ `
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> places: array<u32>;
@group(0) @binding(2) var<storage, read> slots: array<u32>;
@group(0) @binding(3) var<storage, read_write> flags: array<u32>;
${forEach('flags[i] = select(0u, 1u, slots[places[i]] == i + 1u);')}
`;
