import {
  createRandom,
  inputsOf,
  ShapeError,
  sizeOf,
  withInputShape,
  type Graph,
  type OpDefinition,
  type Tensor,
} from '@atrous/core';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Sides of the probe where the network leaves them open: whole at every output stride, and large enough to keep a GPU busy. Networks that
 * do not pad need the larger ones.
 */
const SIDES = [257, 513, 1025];

const shapesOf = (graph: Graph, side: number): ReadonlyMap<string, readonly number[]> =>
  new Map(
    inputsOf(graph).map(({ name, shape: [count, height, width, channels] }) => [
      name,
      [count ?? 1, height ?? side, width ?? side, channels ?? 1],
    ]),
  );

function fits(graph: Graph, shapes: ReadonlyMap<string, readonly number[]>, ops: readonly OpDefinition[]): boolean {
  try {
    withInputShape(graph, shapes, { ops });
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

/** Random images by input name, as small as the network takes them; `undefined` when it takes none that is tried. */
export function probeOf(graph: Graph, ops: readonly OpDefinition[] = []): Tensors | undefined {
  const random = createRandom('probe');
  const shapes = SIDES.map((side) => shapesOf(graph, side)).find((candidate) => fits(graph, candidate, ops));
  return (
    shapes &&
    Object.fromEntries(
      [...shapes].map(([name, shape]) => [
        name,
        { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-1, 1)) },
      ]),
    )
  );
}

/** Of the largest value; float16 on a GPU stays within. */
const TOLERANCE = 0.05;
/** Of labels on noise, where many classes are about as likely. */
const MOST_OTHER_LABELS = 0.1;

function isAlike(a: Tensor, b: Tensor | undefined): boolean {
  if (b === undefined || a.data.length !== b.data.length) return false;
  if (!(a.data instanceof Float32Array)) {
    const other = a.data.reduce((sum, label, i) => sum + Number(label !== b.data[i]), 0);
    return other <= MOST_OTHER_LABELS * a.data.length;
  }
  const largest = a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.data.every((value, i) => Math.abs(value - (b.data[i] ?? NaN)) <= TOLERANCE * largest);
}

/** Whether two runtimes computed the same network: tells a broken driver from rounding, no more. */
export const areAlike = (a: Tensors, b: Tensors): boolean =>
  Object.entries(a).every(([name, value]) => isAlike(value, b[name]));
