/** Stands in a slot that is empty, as in all of a new buffer. */
export const EMPTY = 0;

/** Where in the table a key is looked for first. Slots are a power of 2. */
export const HASH = /* wgsl */ `
fn slotOf(key: vec2u) -> u32 {
  var h = (key.x ^ (key.y * 0x85ebca6bu)) * 0x9e3779b9u;
  h = (h ^ (h >> 15u)) * 0xc2b2ae35u;
  return (h ^ (h >> 13u)) & size.mask;
}
`;
