/** A picture in host memory, row by row. `ImageData` is one. */
export interface CrfImage {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, 0 … 255; alpha may follow each and is not looked at. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * How a kernel's sums are scaled, with n = K·1 for the kernel K: `symmetric` is D^−½KD^−½ with D = diag(n), `before` is K(Q / n),
 * `after` is (KQ) / n, `none` is KQ, whose size grows with the number of similar pixels.
 */
export type Normalization = 'symmetric' | 'before' | 'after' | 'none';

/** Standard deviation of positions, in pixels, greater than 0. */
export type XyStd = number | readonly [x: number, y: number];

/** Standard deviation of colours, in steps of 0 … 255, greater than 0. */
export type RgbStd = number | readonly [red: number, green: number, blue: number];

/** One Gaussian kernel, exp(−½|f_i − f_j|²): where its features f come from, and how its sums are scaled. */
export type KernelSpec = {
  /** Default `symmetric`. */
  readonly normalization?: Normalization | undefined;
} & (
  | { readonly kind: 'gaussian'; readonly xyStd: XyStd }
  | { readonly kind: 'bilateral'; readonly xyStd: XyStd; readonly rgbStd: RgbStd }
  | {
      readonly kind: 'features';
      /** Numbers per pixel, 1 … 16. */
      readonly dimensions: number;
      /** `[pixels, dimensions]`, already divided by the standard deviations. */
      readonly features: Float32Array;
    }
);
