import { reshape } from '@tensorflow/tfjs-core';
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../kernel.ts';
import type { FilterGradient } from '../training/training-kernels.ts';
import { sumPixels } from './pixelwise.ts';
import { read, type Dialect, type RunShader } from './shader.ts';

/** One row of the output, at one tap and channel. */
const sumRow = ({ int, loop }: Dialect): string => {
  const product = `${read('x', '(image * height + y) * width + column', 'at.z / multiplier')} * ${read('dy', 'at.x * outWidth + i', 'at.z')}`;
  return [
    int('down', 'at.y / kernelWidth'),
    int('image', 'at.x / outHeight'),
    int('y', '(at.x - image * outHeight) * strideDown + down * rateDown - top'),
    int('first', '(at.y - down * kernelWidth) * rateAcross - left'),
    'if (y >= 0 && y < height) {',
    loop(
      'i',
      '0',
      'outWidth',
      `${int('column', 'first + i * strideAcross')} if (column >= 0 && column < width) { value += ${product}; }`,
    ),
    '}',
  ].join(' ');
};

/** For each tap and channel, the sum over all pixels of what it read times what became of it: row by row, then of the rows. */
export const depthwiseFilterGradient =
  (run: RunShader): FilterGradient =>
  (x, dy, filterShape, { strides, atrousRate, pads }) => {
    const [n, height, width, channels] = x.shape;
    const [, outHeight, outWidth, multiples] = dy.shape;
    const [kernelHeight, kernelWidth] = filterShape;
    const taps = kernelHeight * kernelWidth;
    const rows = run<Tensor3D>({
      name: 'depthwiseFilterGradient',
      outputShape: [n * outHeight, taps, multiples],
      inputs: { x: reshape(x, [n * height * width, channels]), dy: reshape(dy, [n * outHeight * outWidth, multiples]) },
      constants: {
        ...{ height, width, outHeight, outWidth, kernelWidth, multiplier: filterShape[3] },
        ...{ strideDown: strides[0], strideAcross: strides[1], rateDown: atrousRate[0], rateAcross: atrousRate[1] },
        ...{ top: pads.top, left: pads.left },
      },
      body: sumRow,
    });
    const perRow: Tensor4D = reshape(rows, [1, 1, n * outHeight, taps * multiples]);
    return reshape(sumPixels(run, 'tapSums', { maps: { perRow } }, ['perRow']), filterShape);
  };
