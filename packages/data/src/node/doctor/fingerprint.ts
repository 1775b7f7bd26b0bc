import type { RgbaImage } from '../../rgba-image.ts';

/** What a picture looks like from afar. */
export interface Fingerprint {
  /** Whether brightness grows to the right and downwards, between the cells of a small copy: 2 × 64 bits. */
  readonly bits: Uint32Array;
  /** 16 × 16 mean greys, 0 … 255. */
  readonly thumbnail: Uint8Array;
}

const SIDE = 16;

/** Bits that may differ between copies of other sizes, qualities and frames a moment apart. */
const MAX_BITS = 10;

/** Mean difference of greys up to which small copies are alike, and up to which they are the same. */
const ALIKE = 6;
const SAME = 0.75;

/** Mean greys of the cells of a grid. */
function cells({ width, height, data }: RgbaImage, columns: number, rows: number): Float64Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  // Every pixel of large pictures would be no more exact.
  const stride = Math.max(1, Math.floor(Math.min(width, height) / 128));
  for (let y = 0; y < height; y += stride)
    for (let x = 0; x < width; x += stride) {
      const cell = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      const at = (y * width + x) * 4;
      sums[cell]! += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      counts[cell]! += 1;
    }
  return sums.map((sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]!));
}

/** The fingerprint of a picture: a difference hash in both directions, and a small grey copy. */
export function fingerprintOf(image: RgbaImage): Fingerprint {
  const bits = new Uint32Array(4);
  const grid = cells(image, 9, 9);
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const [bit, cell] = [y * 8 + x, y * 9 + x];
      if (grid[cell + 1]! > grid[cell]!) bits[bit >> 5]! |= 1 << (bit & 31);
      if (grid[cell + 9]! > grid[cell]!) bits[2 + (bit >> 5)]! |= 1 << (bit & 31);
    }
  return { bits, thumbnail: Uint8Array.from(cells(image, SIDE, SIDE), Math.round) };
}

function bitsIn(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

/** Whether two pictures are the same, look nearly the same, or are different ones. */
export function compareFingerprints(a: Fingerprint, b: Fingerprint): 'same' | 'alike' | 'different' {
  let differing = 0;
  for (let i = 0; i < 4; i++) {
    differing += bitsIn(a.bits[i]! ^ b.bits[i]!);
    if (differing > MAX_BITS) return 'different';
  }
  const difference = meanDifference(a.thumbnail, b.thumbnail);
  if (difference > ALIKE) return 'different';
  return differing <= 2 && difference <= SAME ? 'same' : 'alike';
}
