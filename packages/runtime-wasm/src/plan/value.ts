/** Room in memory. Where it lies is decided once every step is known. */
export interface Buffer {
  readonly bytes: number;
}

/** Somewhere in a buffer. */
export interface Slice {
  readonly buffer: Buffer;
  /** Bytes. */
  readonly offset: number;
}

/** What a node computes: a map `[n, h, w, c]`. */
export interface Value {
  readonly shape: readonly [n: number, h: number, w: number, c: number];
  /** Floats, each pixel in whole blocks of {@link LANES}, where those beyond the channels may be anything; or class ids, one integer a pixel. */
  readonly type: 'floats' | 'labels';
  readonly buffer: Buffer;
  /** Floats from one pixel to the next, where these are not its channels in whole blocks: only convolutions read and write such maps. */
  readonly lanes?: number;
  /** Its first channel in the pixels of the buffer. Default 0. */
  readonly first?: number;
}

/** Channels are stored in whole blocks of this many. */
export const LANES = 8;

const FLOAT_BYTES = 4;

/** `channels` in whole blocks. */
export const paddedTo = (channels: number, block = LANES): number => Math.ceil(channels / block) * block;

/** Where the first pixel of a value lies. */
export const placeOf = ({ buffer, first = 0 }: Value): Slice => ({ buffer, offset: FLOAT_BYTES * first });

/** Pixels of all images. */
export const pixelsOf = ({ shape: [n, h, w] }: Value): number => n * h * w;

/** Floats from one pixel to the next. */
export const lanesOf = ({ shape, lanes }: Value): number => lanes ?? paddedTo(shape[3]);

/** Bytes from one pixel to the next. */
export const pitchOf = (value: Value): number => lanesOf(value) * FLOAT_BYTES;

/** Bytes from one row to the next. */
export const rowBytesOf = (value: Value): number => value.shape[2] * pitchOf(value);

/** Bytes from one image to the next. */
export const imageBytesOf = (value: Value): number => value.shape[1] * rowBytesOf(value);
