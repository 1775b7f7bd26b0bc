import type { ConvolutionGeometry, Shape4D } from '../training/training-kernels.ts';

/** Sizes of the two maps that a convolution connects. */
interface Maps {
  readonly input: Shape4D;
  readonly output: Shape4D;
  /** Height and width. */
  readonly kernel: readonly [number, number];
}

/** Tells, for every pixel of the output and every tap, which pixel of the input it reads, where there is one. Pixels and taps are counted. */
export function eachConnection(
  { input: [n, height, width], output: [, outHeight, outWidth], kernel: [kernelHeight, kernelWidth] }: Maps,
  { strides, atrousRate, pads }: ConvolutionGeometry,
  visit: (input: number, output: number, tap: number) => void,
): void {
  for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
    const down = Math.floor(tap / kernelWidth) * atrousRate[0] - pads.top;
    const across = (tap % kernelWidth) * atrousRate[1] - pads.left;
    for (let row = 0; row < n * outHeight; row++) {
      const image = Math.floor(row / outHeight);
      const y = (row % outHeight) * strides[0] + down;
      if (y < 0 || y >= height) continue;
      for (let column = 0; column < outWidth; column++) {
        const x = column * strides[1] + across;
        if (x >= 0 && x < width) visit((image * height + y) * width + x, row * outWidth + column, tap);
      }
    }
  }
}
