import { ShapeError } from './errors.ts';
import type { OpAttrs, OpKind, Pair, ResizeTarget, Shape } from './ops.ts';
import { windowOutputSize, type WindowGeometry } from './padding.ts';

type Dim = number | null;

const show = (shape: Shape): string => `[${shape.map((dim) => dim ?? '?').join(', ')}]`;

function image(shape: Shape | undefined, what: string): readonly [Dim, Dim, Dim, number] {
  if (shape === undefined) throw new ShapeError(`${what} is missing an input`);
  const [n, h, w, c] = shape;
  if (shape.length !== 4 || typeof c !== 'number')
    throw new ShapeError(`${what} needs an input [n, h, w, c] with known channels, got ${show(shape)}`);
  return [n ?? null, h ?? null, w ?? null, c];
}

function windowed(window: WindowGeometry, h: Dim, w: Dim, rounding: 'floor' | 'ceil', what: string): [Dim, Dim] {
  const along = (axis: 0 | 1, extent: Dim): Dim => {
    if (extent === null) return null;
    const out = windowOutputSize(window, [extent, extent], rounding)[axis];
    if (out < 1)
      throw new ShapeError(`${what} leaves nothing of ${extent} ${axis === 0 ? 'rows' : 'columns'}`, {
        hint: 'the network needs a larger image',
      });
    return out;
  };
  return [along(0, h), along(1, w)];
}

function agree(a: Dim, b: Dim): boolean {
  return a === null || b === null || a === b;
}

function resized(h: Dim, w: Dim, like: Shape | undefined, target: ResizeTarget): [Dim, Dim] {
  switch (target.kind) {
    case 'like':
      return [like?.[1] ?? null, like?.[2] ?? null];
    case 'size':
      return [target.size[0], target.size[1]];
    case 'scale': {
      const scale = (extent: Dim, factor: number): Dim => (extent === null ? null : Math.floor(extent * factor));
      return [scale(h, target.factor[0]), scale(w, target.factor[1])];
    }
  }
}

function equal(inputs: readonly Shape[], what: string): Shape {
  const [a, ...rest] = inputs.map((input) => image(input, what));
  if (a === undefined || rest.length === 0) throw new ShapeError(`${what} needs two inputs or more`);
  for (const b of rest)
    if (!a.every((dim, axis) => agree(dim, b[axis] ?? null)))
      throw new ShapeError(`${what} joins ${show(a)} and ${show(b)}: the shapes must be equal`);
  return a;
}

/** Whether a tensor may be repeated over the rows and columns of another. */
const isSpreadOver = (b: readonly Dim[], a: readonly Dim[]): boolean =>
  b.every((dim, axis) => agree(dim, a[axis] ?? null) || ((axis === 1 || axis === 2) && dim === 1));

type Rule<K extends OpKind> = (attrs: OpAttrs[K], inputs: readonly Shape[], what: string) => Shape;

const first: Rule<OpKind> = (_attrs, inputs, what) => image(inputs[0], what);

const RULES: { readonly [K in Exclude<OpKind, 'custom'>]: Rule<K> } = {
  input: ({ shape }) => shape,
  conv2d(attrs, inputs, what) {
    const [n, h, w] = image(inputs[0], what);
    return [n, ...windowed(attrs, h, w, 'floor', what), attrs.filters];
  },
  depthwiseConv2d(attrs, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    return [n, ...windowed(attrs, h, w, 'floor', what), c * attrs.multiplier];
  },
  batchNorm: first,
  activation: first,
  softmax: first,
  dropout: first,
  add(_attrs, inputs, what) {
    const [a, ...rest] = inputs.map((input) => image(input, what));
    if (a === undefined || rest.length === 0) throw new ShapeError(`${what} needs two inputs or more`);
    for (const b of rest)
      if (a[3] !== b[3] || !isSpreadOver(b, a))
        throw new ShapeError(
          `${what} joins ${show(a)} and ${show(b)}: shapes must be equal, or all but the first [n, 1, 1, c]`,
        );
    return a;
  },
  maximum: (_attrs, inputs, what) => equal(inputs, what),
  multiply(_attrs, inputs, what) {
    const a = image(inputs[0], what);
    const b = image(inputs[1], what);
    if (a[3] !== b[3] || !isSpreadOver(b, a))
      throw new ShapeError(
        `${what} multiplies ${show(a)} by ${show(b)}: shapes must be equal, or the second [n, 1, 1, c]`,
      );
    return a;
  },
  concat(_attrs, inputs, what) {
    const [a, ...rest] = inputs.map((input) => image(input, what));
    if (a === undefined) throw new ShapeError(`${what} needs an input`);
    for (const b of rest)
      if (!agree(a[1], b[1]) || !agree(a[2], b[2]))
        throw new ShapeError(`${what} joins ${show(a)} and ${show(b)}: height and width must be equal`);
    return [a[0], a[1], a[2], rest.reduce((sum, b) => sum + b[3], a[3])];
  },
  maxPool(attrs, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    return [n, ...windowed(attrs, h, w, attrs.rounding, what), c];
  },
  avgPool(attrs, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    return [n, ...windowed(attrs, h, w, attrs.rounding, what), c];
  },
  globalAvgPool(_attrs, inputs, what) {
    const [n, , , c] = image(inputs[0], what);
    return [n, 1, 1, c];
  },
  adaptiveAvgPool({ bins }, inputs, what) {
    const [n, , , c] = image(inputs[0], what);
    return [n, ...bins, c];
  },
  resizeBilinear(attrs, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    return [n, ...resized(h, w, inputs[1], attrs.target), c];
  },
  pad({ pads }, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    return [n, h === null ? null : h + pads.top + pads.bottom, w === null ? null : w + pads.left + pads.right, c];
  },
  depthToSpace({ blockSize }, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    if (c % blockSize ** 2 !== 0)
      throw new ShapeError(`${what} spreads ${c} channels over blocks of ${blockSize} × ${blockSize}: not a multiple`);
    return [n, h === null ? null : h * blockSize, w === null ? null : w * blockSize, c / blockSize ** 2];
  },
  argMax(_attrs, inputs, what) {
    const [n, h, w] = image(inputs[0], what);
    return [n, h, w, 1];
  },
  interpolateTaps(attrs, inputs, what) {
    const [n, h, w, c] = image(inputs[0], what);
    const { kernel, filters } = attrs;
    if (c !== kernel[0] * kernel[1] * filters)
      throw new ShapeError(`${what} has ${kernel.join(' × ')} taps of ${filters} channels each, and an input of ${c}`);
    const [height, width] = resized(h, w, inputs[1], attrs.target);
    return [n, ...windowed({ ...attrs, strides: [1, 1] }, height, width, 'floor', what), filters];
  },
  resizeArgMax(attrs, inputs, what) {
    const [n, h, w] = image(inputs[0], what);
    return [n, ...resized(h, w, inputs[1], attrs.target), 1];
  },
};

/**
 * Output shape of one op of the closed set.
 *
 * @throws ShapeError when the inputs do not fit the op.
 */
export function inferShape<K extends Exclude<OpKind, 'custom'>>(
  kind: K,
  attrs: OpAttrs[K],
  inputs: readonly Shape[],
  name: string,
): Shape {
  return RULES[kind](attrs, inputs, `${kind} "${name}"`);
}

/**
 * Height and width after a resize.
 *
 * @param size of the map.
 * @param like of the second input, which the target `like` takes.
 */
export const resizedSize = (target: ResizeTarget, size: Pair, like?: Pair): Pair =>
  resized(size[0], size[1], like && [1, ...like, 1], target) as readonly Dim[] as Pair;

/** Height and width of a shape, for callers that know both. */
export function spatialSize(shape: Shape, what: string): Pair {
  const [, h, w] = shape;
  if (typeof h !== 'number' || typeof w !== 'number')
    throw new ShapeError(`${what} has an open size ${show(shape)}`, { hint: 'give a concrete input shape' });
  return [h, w];
}
