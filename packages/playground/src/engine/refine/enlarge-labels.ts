import type { Size } from './work-size.ts';

/** Labels at another size, each the nearest one. */
export function enlargeLabels<T extends Uint8Array | Uint16Array>(labels: T, from: Size, to: Size): T {
  if (from.width === to.width && from.height === to.height) return labels;
  const enlarged =
    labels.constructor === Uint16Array ? new Uint16Array(to.width * to.height) : new Uint8Array(to.width * to.height);
  const columns = Uint32Array.from({ length: to.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / to.width));
  for (let y = 0; y < to.height; y += 1) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    for (let x = 0; x < to.width; x += 1) enlarged[y * to.width + x] = labels[row + (columns[x] as number)] as number;
  }
  return enlarged as T;
}
