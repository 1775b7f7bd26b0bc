import type { PngHeader } from './header.ts';
import { inflateExactly } from './inflate-exactly.ts';
import { readChunks, type PngChunks } from './read-chunks.ts';
import { unfilter } from './unfilter.ts';

/** Pixels of a PNG as the file has them: not scaled, no palette applied. */
export interface PngSamples extends Omit<PngChunks, 'data'> {
  /** `[height, width, channels]`, each of `header.depth` bits. */
  readonly samples: Uint8Array | Uint16Array;
}

/** One of the subimages a PNG consists of. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly xStep: number;
  readonly yStep: number;
}

const whole: readonly Pass[] = [{ x: 0, y: 0, xStep: 1, yStep: 1 }];
/** PNG standard, §8.2. */
const adam7: readonly Pass[] = [
  { x: 0, y: 0, xStep: 8, yStep: 8 },
  { x: 4, y: 0, xStep: 8, yStep: 8 },
  { x: 0, y: 4, xStep: 4, yStep: 8 },
  { x: 2, y: 0, xStep: 4, yStep: 4 },
  { x: 0, y: 2, xStep: 2, yStep: 4 },
  { x: 1, y: 0, xStep: 2, yStep: 2 },
  { x: 0, y: 1, xStep: 1, yStep: 2 },
];

interface Subimage extends Pass {
  readonly columns: number;
  readonly rows: number;
  readonly rowBytes: number;
}

function subimagesOf({ width, height, depth, channels, isInterlaced }: PngHeader): readonly Subimage[] {
  return (isInterlaced ? adam7 : whole)
    .map((pass) => {
      const columns = Math.ceil((width - pass.x) / pass.xStep);
      const rows = Math.ceil((height - pass.y) / pass.yStep);
      return { ...pass, columns, rows, rowBytes: Math.ceil((columns * channels * depth) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Writes the samples of a row, most significant bits first, `step` samples apart per pixel. */
function unpackRow(
  row: Uint8Array,
  { depth, channels }: PngHeader,
  columns: number,
  target: Uint8Array | Uint16Array,
  start: number,
  step: number,
): void {
  const mask = (1 << depth) - 1;
  for (let column = 0, index = 0; column < columns; column++)
    for (let channel = 0; channel < channels; channel++, index++) {
      const position = start + column * step + channel;
      if (depth === 8) target[position] = row[index]!;
      else if (depth === 16) target[position] = (row[2 * index]! << 8) | row[2 * index + 1]!;
      else target[position] = (row[(index * depth) >> 3]! >> (8 - depth - ((index * depth) & 7))) & mask;
    }
}

/**
 * Reads the samples of a PNG of any colour type, depth and interlacing.
 *
 * @throws DataError as {@link readChunks} and when the pixels do not decompress to exactly what the header says.
 */
export function readSamples(bytes: Uint8Array, maxPixels: number): PngSamples {
  const { header, palette, transparency, data } = readChunks(bytes, maxPixels);
  const { width, height, depth, channels } = header;
  const subimages = subimagesOf(header);
  const size = subimages.reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0);
  const raw = inflateExactly(data, size);
  const samples = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  let offset = 0;
  for (const { x, y, xStep, yStep, columns, rows, rowBytes } of subimages) {
    const stride = rowBytes + 1;
    unfilter(raw.subarray(offset, offset + rows * stride), rows, rowBytes, Math.ceil((channels * depth) / 8));
    for (let row = 0; row < rows; row++) {
      const from = offset + row * stride + 1;
      const start = ((y + row * yStep) * width + x) * channels;
      unpackRow(raw.subarray(from, from + rowBytes), header, columns, samples, start, xStep * channels);
    }
    offset += rows * stride;
  }
  return { header, palette, transparency, samples };
}
