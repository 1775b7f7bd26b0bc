import { NO_VERTEX } from '../../shaders/blur.ts';
import { forEach } from './corner-threads.ts';
import { EMPTY, HASH } from './table.ts';
import { WORDS } from './words.ts';

/** Numbers vertices in the order in which pixels first touch them. @see FLAG, whose sums `numbers` are. */
export const NAME = /* wgsl */ `
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> places: array<u32>;
@group(0) @binding(2) var<storage, read> slots: array<u32>;
@group(0) @binding(3) var<storage, read> numbers: array<u32>;
@group(0) @binding(4) var<storage, read_write> rows: array<u32>;
${forEach('rows[i] = numbers[slots[places[i]] - 1u];')}
`;

/** Both neighbours of each vertex along one axis. One thread for each corner of each pixel, of which the first of a vertex works. */
export const MEET = /* wgsl */ `
${WORDS}
struct Size { count: u32, mask: u32, axis: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> keys: array<vec2u>;
@group(0) @binding(2) var<storage, read> places: array<u32>;
@group(0) @binding(3) var<storage, read> slots: array<u32>;
@group(0) @binding(4) var<storage, read> numbers: array<u32>;
@group(0) @binding(5) var<storage, read> steps: array<vec2u>;
@group(0) @binding(6) var<storage, read_write> neighbours: array<vec2u>;
${HASH}
fn find(key: vec2u) -> u32 {
  var slot = slotOf(key);
  loop {
    let corner = slots[slot];
    if (corner == ${EMPTY}u) { return ${NO_VERTEX}u; }
    if (all(keys[corner - 1u] == key)) { return numbers[corner - 1u]; }
    slot = (slot + 1u) & size.mask;
  }
}
${forEach(/* wgsl */ `
  if (slots[places[i]] != i + 1u) { return; }
  let step = steps[size.axis];
  neighbours[numbers[i]] = vec2u(find(minus(keys[i], step)), find(plus(keys[i], step)));`)}
`;
