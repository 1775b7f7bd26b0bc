import { ShapeError } from './errors.ts';
import type { Node, Nominal, OpAttrs, OpKind, Pads, Pair } from './ops.ts';

/**
 * Where a node stands on the way from image to output.
 *
 * `stride`: image pixels between neighbouring units. `density`: how many times finer that is than in the classification network.
 */
export interface Placement {
  readonly stride: number;
  readonly density: number;
}

/** Looks up the placement of an earlier node. */
export type PlacementOf = (node: string) => Placement;

const IMAGE: Placement = { stride: 1, density: 1 };

function whole(value: number, name: string, what: string, least = 0): number {
  if (!Number.isInteger(value) || value < least)
    throw new ShapeError(
      `"${name}" would need ${what} ${value}, which is not a whole number${least > 0 ? ` of at least ${least}` : ''}`,
      {
        hint: 'this network cannot be re-targeted to that output stride',
      },
    );
  return value;
}

function densityAt(
  densityOf: string | undefined,
  name: string,
  before: Placement,
  after: Placement,
  of: PlacementOf,
): number {
  if (densityOf === undefined) return before.density;
  return densityOf === name ? after.density : of(densityOf).density;
}

/** The largest part of a stride that does not lead beyond the output stride: 2 or 1 of 2; 4, 2 or 1 of 4. */
function strideLeft(nominal: number, before: number, outputStride: number | null): number {
  if (outputStride === null) return nominal;
  for (let stride = nominal; stride > 1; stride--)
    if (nominal % stride === 0 && before * stride <= outputStride) return stride;
  return 1;
}

function resolveWindow(
  name: string,
  nominal: Nominal,
  before: Placement,
  of: PlacementOf,
  outputStride: number | null,
): { strides: Pair; atrousRate: Pair; kernel: Pair | undefined; after: Placement } {
  const stride = strideLeft(nominal.stride, before.stride, outputStride);
  const after = { stride: before.stride * stride, density: (before.density * nominal.stride) / stride };
  const density = densityAt(nominal.densityOf, name, before, after, of);
  const [rateH, rateW] = nominal.atrousRate;
  return {
    strides: [stride, stride],
    atrousRate: [whole(rateH * density, name, 'rate', 1), whole(rateW * density, name, 'rate', 1)],
    kernel: nominal.stridedKernel && stride === 1 ? [1, 1] : nominal.stridedKernel,
    after,
  };
}

/** Units at a stride that an image of this size has. */
const unitsAcross = ([height, width]: Pair, stride: number): Pair => [
  Math.floor((height - 1) / stride) + 1,
  Math.floor((width - 1) / stride) + 1,
];

const scalePads = (pads: Pads, density: number, name: string): Pads => ({
  top: whole(pads.top * density, name, 'padding'),
  bottom: whole(pads.bottom * density, name, 'padding'),
  left: whole(pads.left * density, name, 'padding'),
  right: whole(pads.right * density, name, 'padding'),
});

/**
 * Decides strides, rates and pads of a nominal node at an output stride, and where its output stands.
 *
 * This is the noble identity `conv_r ∘ ↓s = ↓s ∘ conv_{r·s}`: the layer that loses its stride keeps its own rate, everything after it is read `s` times further apart.
 *
 * @throws ShapeError when a rate would not be whole.
 */
export function placeNode<K extends OpKind>(
  node: { readonly kind: K; readonly name: string; readonly inputs: readonly string[]; readonly attrs: OpAttrs[K] },
  of: PlacementOf,
  outputStride: number | null,
): { attrs: OpAttrs[K]; placement: Placement } {
  const { kind, name, inputs } = node;
  const before = inputs[0] === undefined ? IMAGE : of(inputs[0]);
  const stay = { attrs: node.attrs, placement: before };
  switch (kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool':
    case 'avgPool': {
      const attrs = node.attrs as OpAttrs['conv2d' | 'depthwiseConv2d' | 'maxPool' | 'avgPool'];
      if (attrs.nominal === undefined) {
        const kernel = 'crop' in attrs && attrs.crop ? unitsAcross(attrs.crop, before.stride) : attrs.kernel;
        return { attrs: { ...node.attrs, kernel }, placement: { ...before, stride: before.stride * attrs.strides[0] } };
      }
      const { strides, atrousRate, kernel, after } = resolveWindow(name, attrs.nominal, before, of, outputStride);
      const changed = { strides, ...(kernel && { kernel }), ...('atrousRate' in attrs && { atrousRate }) };
      return { attrs: { ...node.attrs, ...changed }, placement: after };
    }
    case 'pad': {
      const attrs = node.attrs as OpAttrs['pad'];
      if (attrs.nominal === undefined) return stay;
      const density = densityAt(attrs.nominal.densityOf, name, before, before, of);
      return { attrs: { ...node.attrs, pads: scalePads(attrs.nominal.pads, density, name) }, placement: before };
    }
    case 'resizeBilinear':
    case 'interpolateTaps':
    case 'resizeArgMax': {
      const { target } = node.attrs as OpAttrs['resizeBilinear'];
      if (target.kind === 'like') return { ...stay, placement: inputs[1] === undefined ? before : of(inputs[1]) };
      if (target.kind === 'scale')
        return { ...stay, placement: { ...before, stride: before.stride / target.factor[0] } };
      return stay;
    }
    case 'depthToSpace': {
      const { blockSize } = node.attrs as OpAttrs['depthToSpace'];
      return { ...stay, placement: { ...before, stride: before.stride / blockSize } };
    }
    default:
      return stay;
  }
}

/** Placement of every node of a finished graph. */
export function placements(nodes: readonly Node[], outputStride: number | null): ReadonlyMap<string, Placement> {
  const placed = new Map<string, Placement>();
  const of: PlacementOf = (name) => placed.get(name) ?? IMAGE;
  for (const node of nodes) placed.set(node.name, placeNode(node, of, outputStride).placement);
  return placed;
}
