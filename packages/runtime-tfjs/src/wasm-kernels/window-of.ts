import type { ConvolutionGeometry } from '../training/training-kernels.ts';
import type { Window } from './assembly.ts';

/** A window as `assembly/` takes it. */
export const windowOf = ({ strides, atrousRate, pads }: ConvolutionGeometry): Window => [
  ...strides,
  ...atrousRate,
  pads.top,
  pads.left,
];
