import type { GEOMETRY } from '../shaders/kernel.ts';
import { fieldsOf } from '../shaders/kernel.ts';
import type { Bound, DispatchStep } from './plan-builder.ts';
import { blocksOf, pixelsOf, type Value } from './value.ts';

const isValue = (bound: Bound): bound is Value => 'room' in bound;

/** What {@link GEOMETRY} names, of one value. */
function geometryOf(value: Value): Readonly<Record<(typeof GEOMETRY)[number], number>> {
  const [, height, width, channels] = value.shape;
  const { first, pitch } = value.type === 'map' ? value : { first: 0, pitch: 1 };
  return {
    ...{ First: first, Pitch: pitch, Blocks: blocksOf(channels), Channels: channels },
    ...{ Height: height, Width: width, Pixels: pixelsOf(value) },
  };
}

/** The integers of a call, in the order in which its kernel has them. */
export function fieldValues({ kernel, bound, fields }: DispatchStep): Int32Array {
  const all: Record<string, number> = { ...fields };
  for (const [name, one] of Object.entries(bound))
    if (isValue(one)) for (const [field, value] of Object.entries(geometryOf(one))) all[name + field] = value;
  return Int32Array.from(fieldsOf(kernel), (name) => all[name]!);
}
