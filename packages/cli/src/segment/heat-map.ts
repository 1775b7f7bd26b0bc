/** Viridis at 0, ⅛, …, 1: equal steps look equal, also in grey and to colour-blind eyes (van der Walt and Smith 2015). */
const VIRIDIS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** RGBA of 256 levels. */
function palette(): Uint8Array {
  const colors = new Uint8Array(256 * 4);
  for (let level = 0; level < 256; level++) {
    const position = (level / 255) * (VIRIDIS.length - 1);
    const index = Math.min(Math.floor(position), VIRIDIS.length - 2);
    const [from, to] = [VIRIDIS[index], VIRIDIS[index + 1]] as const;
    for (let channel = 0; channel < 3; channel++) {
      const start = from?.[channel] ?? 0;
      colors[level * 4 + channel] = Math.round(start + ((to?.[channel] ?? 0) - start) * (position - index));
    }
    colors[level * 4 + 3] = 255;
  }
  return colors;
}

/**
 * Colours values 0 … 1 from dark violet to yellow. Values outside are clamped.
 *
 * @returns RGBA, four bytes a value.
 */
export function heatMap(values: Float32Array): Uint8ClampedArray {
  const colors = palette();
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const level = Math.round(Math.min(Math.max(values[i] ?? 0, 0), 1) * 255) * 4;
    for (let channel = 0; channel < 4; channel++) pixels[i * 4 + channel] = colors[level + channel] ?? 0;
  }
  return pixels;
}
