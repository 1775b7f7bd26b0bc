/** Labels of a picture with the classes that occur in them. */
export interface LabelledPicture {
  readonly width: number;
  readonly height: number;
  /** Class ids, row by row. */
  readonly labels: Uint8Array | Uint16Array;
  /** Largest area first. */
  readonly legend: readonly LegendEntry[];
}

/** A class that occurs in the picture. */
export interface LegendEntry {
  readonly id: number;
  readonly name: string;
  readonly color: readonly [red: number, green: number, blue: number];
  readonly pixels: number;
  /** Part of all pixels, 0 … 1. */
  readonly share: number;
}

/** More pixels than this cost time on the screen without being seen. */
const longestSide = 1600;
const dimmedAlpha = 40;

/** The class that means "nothing": it stays clear so that the photo shows through. */
export const isBackground = (entry: LegendEntry): boolean =>
  entry.id === 0 && /^(background|bg|other)$/i.test(entry.name);

/** Size to draw a picture at: its own, or smaller with the same shape. */
export function displaySize(width: number, height: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Class colours as pixels with alpha, sampled to the given size.
 *
 * @param highlighted id of a class that stays opaque while the others fade.
 */
export function overlayPixels(
  picture: LabelledPicture,
  size: { readonly width: number; readonly height: number },
  highlighted?: number,
): ImageData {
  const image = new ImageData(size.width, size.height);
  const pixels = new Uint32Array(image.data.buffer);
  const colors = packedColors(picture.legend, highlighted);
  for (let y = 0; y < size.height; y += 1) {
    const row = Math.floor(((y + 0.5) * picture.height) / size.height) * picture.width;
    for (let x = 0; x < size.width; x += 1) {
      const label = picture.labels[row + Math.floor(((x + 0.5) * picture.width) / size.width)] ?? 0;
      pixels[y * size.width + x] = colors[label] ?? 0;
    }
  }
  return image;
}

/** Colours by class id as little-endian RGBA words, the order of canvas pixels on every machine that has browsers. */
function packedColors(legend: readonly LegendEntry[], highlighted?: number): Uint32Array {
  const colors = new Uint32Array(Math.max(0, ...legend.map(({ id }) => id)) + 1);
  for (const entry of legend) {
    const [red, green, blue] = entry.color;
    colors[entry.id] = ((alphaOf(entry, highlighted) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }
  return colors;
}

function alphaOf(entry: LegendEntry, highlighted?: number): number {
  if (highlighted === undefined) return isBackground(entry) ? 0 : 255;
  if (entry.id === highlighted) return 255;
  return isBackground(entry) ? 0 : dimmedAlpha;
}
