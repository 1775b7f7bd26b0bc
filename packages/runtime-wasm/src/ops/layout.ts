import type { FieldValue, PlanBuilder } from '../plan/plan-builder.ts';
import { lanesOf, pitchOf, pixelsOf, type Buffer, type Value } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';

/** Where some channels of every pixel begin, and how far apart pixels lie, in bytes. */
export interface Channels {
  readonly at: FieldValue;
  readonly pitch: number;
}

/** Copies `channels` of every pixel. */
export function copyChannels(
  plan: PlanBuilder,
  from: Channels,
  to: Channels,
  { pixels, channels }: { readonly pixels: number; readonly channels: number },
): void {
  plan.kernel(
    'copyChannels',
    { items: pixels, unit: 16, work: 4 * pixels * channels },
    { x: from.at, y: to.at, pitch: from.pitch, outPitch: to.pitch, depth: 4 * channels },
  );
}

/** The channels of a map, from the first on. */
export const channelsOf = (value: Value, first = 0): Channels => ({
  at: { buffer: value.buffer, offset: 4 * first },
  pitch: pitchOf(value),
});

/** A map without the numbers that fill up its pixels, as tensors have it; the map's own buffer where it has none. */
export function tightCopy(plan: PlanBuilder, value: Value): Buffer {
  const channels = value.shape[3];
  if (value.type === 'labels' || lanesOf(value) === channels) return value.buffer;
  const pixels = pixelsOf(value);
  const buffer = plan.buffer(4 * pixels * channels);
  copyChannels(plan, channelsOf(value), { at: buffer, pitch: 4 * channels }, { pixels, channels });
  return buffer;
}

/** A map from the numbers of a tensor. */
export function paddedCopy(plan: PlanBuilder, buffer: Buffer, shape: Value['shape']): Value {
  const channels = shape[3];
  const value = plan.value(shape);
  if (lanesOf(value) === channels) return { ...value, buffer };
  const size = { pixels: pixelsOf(value), channels };
  copyChannels(plan, { at: buffer, pitch: 4 * channels }, channelsOf(value), size);
  return value;
}

/** Channels of all inputs, one input after the other. Those that were computed in their place are there. */
export const concat: Lowering<'concat'> = ({ plan, inputs, shape, place }) => {
  if (inputs.length === 1) return inputs[0]!;
  const y = place ?? plan.value(shape);
  let first = 0;
  for (const x of inputs) {
    const channels = x.shape[3];
    if (x.buffer !== y.buffer)
      copyChannels(plan, channelsOf(x), channelsOf(y, first), { pixels: pixelsOf(y), channels });
    first += channels;
  }
  return y;
};

/** Zeros around height and width. */
export const pad: Lowering<'pad'> = ({ plan, attrs: { pads }, x, shape }) => {
  const y = plan.value(shape);
  plan.kernel(
    'pad',
    { items: shape[0] * shape[1], work: 4 * pixelsOf(y) * lanesOf(y) },
    {
      ...{ x: x.buffer, y: y.buffer, pitch: pitchOf(y), height: x.shape[1], width: x.shape[2] },
      ...{ outHeight: shape[1], outWidth: shape[2], top: pads.top, left: pads.left },
    },
  );
  return y;
};

/** Spreads channels over blocks of pixels. */
export const depthToSpace: Lowering<'depthToSpace'> = ({ plan, attrs: { blockSize, order }, x, shape }) => {
  const y = plan.value(shape);
  const channels = shape[3];
  plan.kernel(
    'depthToSpace',
    { items: shape[0] * shape[1], work: 8 * pixelsOf(y) * channels },
    {
      ...{ x: x.buffer, y: y.buffer, pitch: pitchOf(x), outPitch: pitchOf(y), outWidth: shape[2], channels },
      ...{ block: blockSize, channelStep: order === 'crr' ? blockSize ** 2 : 1 },
      pixelStep: order === 'crr' ? 1 : channels,
    },
  );
  return y;
};
