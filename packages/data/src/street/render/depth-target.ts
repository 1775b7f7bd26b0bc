/** What is nearest at every sample of a picture. */
export interface DepthTarget {
  readonly width: number;
  readonly height: number;
  /** As `View` measures it; 0 is nothing. */
  readonly nearness: Float32Array;
  /** Index of the shape plus one; 0 is nothing. */
  readonly shape: Uint16Array;
}

export const createDepthTarget = (width: number, height: number): DepthTarget => ({
  width,
  height,
  nearness: new Float32Array(width * height),
  shape: new Uint16Array(width * height),
});
