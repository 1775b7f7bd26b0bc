import { resizedSize, spatialSize } from './infer-shape.ts';
import type { Node, Pair } from './ops.ts';
import { effectiveKernel, resolvePads, type WindowGeometry } from './padding.ts';

/** Which image pixels a unit of a node can see, along height and width. */
export interface ReceptiveField {
  /** Extent in image pixels. */
  readonly size: Pair;
  /** Image pixels between the fields of neighbouring units; 0 where all see the same. */
  readonly stride: Pair;
  /** Image coordinate of the first pixel that the first unit sees; negative where the field starts in the padding. */
  readonly offset: Pair;
}

/** What the units of a node see: pixels around each of them, and, behind global pooling, pixels that are the same for all. */
export interface Sight {
  readonly around?: ReceptiveField | undefined;
  readonly shared?: ReceptiveField | undefined;
}

/** What a pixel of the image sees: itself. */
export const SIGHT_OF_IMAGE: Sight = { around: { size: [1, 1], stride: [1, 1], offset: [0, 0] } };

const both = (along: (axis: 0 | 1) => number): Pair => [along(0), along(1)];

function throughWindow(field: ReceptiveField, window: WindowGeometry, size: Pair): ReceptiveField {
  const pads = resolvePads(window, size);
  const rate = window.atrousRate ?? [1, 1];
  return {
    size: both(
      (axis) => field.size[axis] + (effectiveKernel(window.kernel[axis], rate[axis]) - 1) * field.stride[axis],
    ),
    stride: both((axis) => field.stride[axis] * window.strides[axis]),
    offset: both((axis) => field.offset[axis] - (axis === 0 ? pads.top : pads.left) * field.stride[axis]),
  };
}

/** The smallest field that holds both, either of which may be missing. */
function union(a: ReceptiveField | undefined, b: ReceptiveField | undefined): ReceptiveField | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const start = both((axis) => Math.min(a.offset[axis], b.offset[axis]));
  const end = both((axis) => Math.max(a.offset[axis] + a.size[axis], b.offset[axis] + b.size[axis]));
  return {
    size: both((axis) => end[axis] - start[axis]),
    stride: both((axis) => Math.max(a.stride[axis], b.stride[axis])),
    offset: start,
  };
}

/** One field for everything that the first unit sees. */
export const fieldOfSight = ({ around, shared }: Sight): ReceptiveField =>
  union(around, shared) ?? { size: [0, 0], stride: [0, 0], offset: [0, 0] };

/** A map of one unit that is spread over a larger one: all units see what that one saw. */
function spread(sight: Sight, from: Pair, to: Pair): Sight {
  if (from[0] * from[1] > 1 || to[0] * to[1] === 1) return sight;
  return { shared: { ...fieldOfSight(sight), stride: [0, 0] } };
}

function throughResize(field: ReceptiveField, size: Pair, out: Pair): ReceptiveField {
  if (out[0] === size[0] && out[1] === size[1]) return field;
  return {
    size: both((axis) => field.size[axis] + (size[axis] > 1 ? field.stride[axis] : 0)),
    stride: both((axis) => (field.stride[axis] * size[axis]) / out[axis]),
    offset: field.offset,
  };
}

function around(node: Node, field: ReceptiveField, size: Pair, like?: Pair): ReceptiveField {
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool':
    case 'avgPool':
      return throughWindow(field, node.attrs, size);
    case 'globalAvgPool':
      return throughWindow(field, { kernel: size, strides: size, padding: 'valid' }, size);
    case 'adaptiveAvgPool': {
      const { bins } = node.attrs;
      const strides = both((axis) => size[axis] / bins[axis]);
      return throughWindow(
        field,
        { kernel: both((axis) => Math.ceil(strides[axis])), strides, padding: 'valid' },
        size,
      );
    }
    case 'pad': {
      const { top, left } = node.attrs.pads;
      return { ...field, offset: both((axis) => field.offset[axis] - (axis === 0 ? top : left) * field.stride[axis]) };
    }
    case 'resizeBilinear':
    case 'resizeArgMax':
      return throughResize(field, size, spatialSize(node.shape, node.name));
    case 'interpolateTaps': {
      const between = resizedSize(node.attrs.target, size, like);
      return throughWindow(throughResize(field, size, between), { ...node.attrs, strides: [1, 1] }, between);
    }
    case 'depthToSpace':
      return { ...field, stride: both((axis) => field.stride[axis] / node.attrs.blockSize) };
    default:
      return field;
  }
}

/** Inputs that hold values; the second input of a resize only lends its size. */
const isRead = ({ kind }: Node, input: number): boolean =>
  input === 0 || !(kind === 'resizeBilinear' || kind === 'interpolateTaps' || kind === 'resizeArgMax');

/**
 * What the units of a node see, from what the units of its inputs see.
 *
 * @param sights of the inputs.
 * @param sizes heights and widths of the inputs.
 */
export function sightOf(node: Node, sights: readonly Sight[], sizes: readonly Pair[]): Sight {
  if (sights.length === 0) return SIGHT_OF_IMAGE;
  const out = spatialSize(node.shape, node.name);
  const read = sights.map((sight, i) => spread(sight, sizes[i] ?? out, out)).filter((_, i) => isRead(node, i));
  const local = read.reduce<ReceptiveField | undefined>((field, sight) => union(field, sight.around), undefined);
  return {
    around: local && around(node, local, sizes[0] ?? out, sizes[1]),
    shared: read.reduce<ReceptiveField | undefined>((field, sight) => union(field, sight.shared), undefined),
  };
}
