import { reshape } from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../kernel.ts';
import { read, type Dialect, type RunShader } from './shader.ts';

/** Tensors that an expression reads by name. */
export interface PixelwiseInputs {
  /** `[n, h, w, c]`, all of the same shape: the value at a pixel. */
  readonly maps: Readonly<Record<string, Tensor4D>>;
  /** `[c]`: the value of the channel. */
  readonly channels?: Readonly<Record<string, Tensor1D>>;
}

/** Height, width and image do not matter: `[pixels, c]`. */
function flatten({ maps, channels = {} }: PixelwiseInputs) {
  const [{ shape, size }] = Object.values(maps) as [Tensor4D];
  const pixels = size / shape[3];
  const rows = Object.entries(maps).map(([name, map]) => [name, reshape(map, [pixels, shape[3]])] as const);
  return { shape, pixels, inputs: { ...Object.fromEntries(rows), ...channels } };
}

/** Declares what an expression reads. */
const declare = (
  { float }: Dialect,
  { maps, channels = {} }: PixelwiseInputs,
  pixel: string,
  channel: string,
): string =>
  [
    ...Object.keys(maps).map((name) => float(name, read(name, pixel, channel))),
    ...Object.keys(channels).map((name) => float(name, read(name, channel))),
  ].join(' ');

/**
 * Computes an expression at every pixel of every channel.
 *
 * @param name of the program; the same name always means the same expression and inputs.
 */
export function mapPixels(run: RunShader, name: string, inputs: PixelwiseInputs, expression: string): Tensor4D {
  const flat = flatten(inputs);
  return reshape(
    run<Tensor2D>({
      name,
      outputShape: [flat.pixels, flat.shape[3]],
      inputs: flat.inputs,
      constants: {},
      body: (dialect) => `${declare(dialect, inputs, 'at.x', 'at.y')} value = ${expression};`,
    }),
    flat.shape,
  );
}

/** Adds up `[k, groups, c]` to `[k, c]`. */
const addGroups = (run: RunShader, parts: Tensor3D): Tensor2D =>
  run({
    name: 'addGroups',
    outputShape: [parts.shape[0], parts.shape[2]],
    inputs: { parts },
    constants: { groups: parts.shape[1] },
    body: ({ loop }) => loop('group', '0', 'groups', `value += ${read('parts', 'at.x', 'group', 'at.y')};`),
  });

/**
 * Sums of expressions over all pixels, channel by channel: first of groups of pixels, then of the groups, so that the GPU has enough to do at
 * once and rounding stays small.
 *
 * @param name of the program; the same name always means the same expressions and inputs.
 * @returns `[expressions, c]`.
 */
export function sumPixels(
  run: RunShader,
  name: string,
  inputs: PixelwiseInputs,
  expressions: readonly string[],
): Tensor2D {
  const { shape, pixels, inputs: rows } = flatten(inputs);
  const groupSize = Math.ceil(Math.sqrt(pixels));
  const choose = expressions.map((expression, k) => `if (at.x == ${k}) { value += ${expression}; }`).join(' ');
  const parts = run<Tensor3D>({
    name,
    outputShape: [expressions.length, Math.ceil(pixels / groupSize), shape[3]],
    inputs: rows,
    constants: { pixels, groupSize },
    body: (dialect) =>
      dialect.loop(
        'i',
        '0',
        'groupSize',
        `${dialect.int('pixel', 'at.y * groupSize + i')} if (pixel < pixels) { ${declare(dialect, inputs, 'pixel', 'at.z')} ${choose} }`,
      ),
  });
  return addGroups(run, parts);
}
