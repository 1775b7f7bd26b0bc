// @ts-check

/**
 * A stream of numbers of one seed (Mulberry32): each contender makes tens of millions of weights for itself, which good generators take seconds for.
 *
 * @param {string} seed
 * @returns {(low: number, high: number) => number} the next number between the two
 */
export function createNoise(seed) {
  let state = [...seed].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return low + ((high - low) * ((bits ^ (bits >>> 14)) >>> 0)) / 2 ** 32;
  };
}

/**
 * @param {readonly number[]} shape
 * @param {number} low
 * @param {number} high
 * @param {string} seed
 * @returns {import('@atrous/core').Tensor}
 */
export function noise(shape, low, high, seed) {
  const next = createNoise(seed);
  const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  for (let i = 0; i < data.length; i++) data[i] = next(low, high);
  return { shape, data };
}
