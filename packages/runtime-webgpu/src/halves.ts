const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
const LARGEST = 65504;

/** Bits of the float16 nearest to a number; of the largest where it is beyond. Ties go to the even one. */
function halfOf(value: number): number {
  FLOAT[0] = Math.min(Math.max(value, -LARGEST), LARGEST);
  const bits = BITS[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  // below the smallest normal number halves are even steps
  if (magnitude < 0x38800000) return sign | roundToEven(Math.abs(FLOAT[0]) * 2 ** 24);
  const rounded = magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1);
  return sign | (rounded >>> 13);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** Numbers as float16. */
export const toHalves = (values: Float32Array): Uint16Array<ArrayBuffer> => Uint16Array.from(values, halfOf);
