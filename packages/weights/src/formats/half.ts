/** IEEE 754 binary16 numbers as float32, exactly. */
export function halvesToFloats(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = halfToNumber(halves[i] ?? 0);
  return floats;
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Float32 numbers as binary16, rounded to nearest, ties to even; too large becomes infinite. */
export function floatsToHalves(floats: Float32Array): Uint16Array {
  const halves = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) halves[i] = numberToHalf(floats[i] ?? 0);
  return halves;
}

function numberToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), -14);
  const step = 2 ** (exponent - 10);
  // `magnitude / step` is exact, and a carry out of the fraction raises the exponent by itself.
  return sign | (roundHalfToEven(magnitude / step) + (exponent + 14) * 1024);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor + (floor % 2);
  return rest > 0.5 ? floor + 1 : floor;
}

/** Brain floats, the upper half of float32, as float32. */
export function bfloatsToFloats(bfloats: Uint16Array): Float32Array {
  const bits = new Uint32Array(bfloats.length);
  for (let i = 0; i < bfloats.length; i++) bits[i] = (bfloats[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

/** Float32 numbers as brain floats, rounded to nearest, ties to even. */
export function floatsToBfloats(floats: Float32Array): Uint16Array {
  const bits = new Uint32Array(new Float32Array(floats).buffer);
  const bfloats = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) {
    const word = bits[i] ?? 0;
    bfloats[i] = Number.isNaN(floats[i]) ? 0x7fc0 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return bfloats;
}
