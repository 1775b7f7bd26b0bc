import { crc32, deflateSync } from 'node:zlib';

/** A PNG file described field by field, wrong ones included. */
export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly colorType: number;
  readonly depth: number;
  readonly isInterlaced?: boolean;
  /** `null` leaves the chunk away. */
  readonly palette?: readonly number[] | null;
  /** Content of `tRNS`. */
  readonly transparency?: readonly number[];
  /** Bytes of the unfiltered rows; random by default. */
  readonly pixels?: readonly number[];
  /** Instead of pixels: the compressed data. */
  readonly stream?: Uint8Array;
  /** What the header says instead of the truth. */
  readonly headerWidth?: number;
  readonly headerHeight?: number;
  /** Length of the pieces the data is cut into. */
  readonly pieceBytes?: number;
}

/** Bytes that are the same in every run (Park and Miller 1988). */
export function randomBytes(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count }, () => (state = (state * 48_271) % 2_147_483_647) >> 8);
}

const bytesOf = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

function chunk(type: string, content: Iterable<number>): number[] {
  const body = [...new TextEncoder().encode(type), ...content];
  return [...bytesOf(body.length - 4), ...body, ...bytesOf(crc32(Uint8Array.from(body)))];
}

/** Rows of random or given bytes. Filters take turns on random bytes, which are as good a filtered row as any. */
function rowsOf({ width, height, colorType, depth, isInterlaced, pixels }: PngSpec): Uint8Array {
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colorType] ?? 1;
  const starts = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  const rows: number[] = [];
  for (const [x, y, xStep, yStep] of isInterlaced ? starts : ([[0, 0, 1, 1]] as const)) {
    const columns = Math.ceil((width - x) / xStep);
    const bytes = Math.ceil((columns * samples * depth) / 8);
    if (columns <= 0) continue;
    for (let row = y, count = 0; row < height; row += yStep, count++) {
      const filter = pixels === undefined ? count % 5 : 0;
      const content = pixels?.slice(row * bytes, (row + 1) * bytes) ?? randomBytes(bytes, 1 + rows.length);
      rows.push(filter, ...content);
    }
  }
  return Uint8Array.from(rows);
}

/** Writes it. */
export function pngOf(spec: PngSpec): Uint8Array {
  const { width, height, depth, colorType, isInterlaced, headerWidth = width, headerHeight = height } = spec;
  const palette = spec.palette === undefined ? [...randomBytes(3 * Math.min(256, 2 ** depth), 5)] : spec.palette;
  const stream = spec.stream ?? deflateSync(rowsOf(spec));
  const { pieceBytes = stream.length } = spec;
  const pieces = Array.from({ length: Math.ceil(stream.length / pieceBytes) }, (_, i) =>
    stream.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  );
  const header = [...bytesOf(headerWidth), ...bytesOf(headerHeight), depth, colorType, 0, 0, isInterlaced ? 1 : 0];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', header),
    ...(colorType === 3 && palette !== null ? chunk('PLTE', palette) : []),
    ...(spec.transparency === undefined ? [] : chunk('tRNS', spec.transparency)),
    ...pieces.flatMap((piece) => chunk('IDAT', piece)),
    ...chunk('IEND', []),
  ]);
}
