const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (0xedb88320 & -(remainder & 1));
  return remainder;
});

/** Stands in for the one function of `node:zlib` that the generator of tensors uses. */
export function crc32(bytes: Uint8Array): number {
  let remainder = ~0;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (REMAINDERS[(remainder ^ byte) & 255] as number);
  return ~remainder >>> 0;
}
