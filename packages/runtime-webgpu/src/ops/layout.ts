import { sizeOf } from '@atrous/core';
import { groupsFor, groupsOf } from '../plan/groups.ts';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { BLOCK, type LabelsValue, type MapShape, type MapValue, type Room, type Value } from '../plan/value.ts';
import { DEPTH_TO_SPACE, INSERT, LABELS_TO_MAP, PACK, PAD, UNPACK } from '../shaders/layout.ts';
import type { Lowering } from './lowering.ts';

/** A map from the numbers of a tensor. */
export function fromTensor(plan: PlanBuilder, room: Room, shape: MapShape): MapValue {
  const y = plan.map(shape);
  plan.dispatch(UNPACK, groupsOf(y), { y, x: room }, {});
  return y;
}

/** The numbers of a map as tensors have them; class ids as they are. */
export function toTensor(plan: PlanBuilder, value: Value): Room {
  if (value.type === 'labels') return value.room;
  const items = sizeOf(value.shape);
  const room = plan.room(4 * items);
  plan.dispatch(PACK, groupsFor(items), { y: room, x: value }, { items });
  return room;
}

/** Class ids as numbers to compute with. */
export function labelsToMap(plan: PlanBuilder, labels: LabelsValue): MapValue {
  const y = plan.map(labels.shape);
  plan.dispatch(LABELS_TO_MAP, groupsOf(y), { y, x: labels }, { idsPerWord: labels.idsPerWord });
  return y;
}

/** Whether a map is so many channels of another already. */
const isAt = (x: MapValue, y: MapValue, channel: number): boolean =>
  x.room === y.room && BLOCK * (x.first - y.first) === channel;

/** Channels of all inputs, one input after the other. What was written into its place is not copied. */
export const concat: Lowering<'concat'> = ({ plan, inputs, shape, result }) => {
  if (inputs.length === 1) return inputs[0]!;
  const y = result();
  let channel = 0;
  for (const x of inputs) {
    const channels = x.shape[3];
    if (!isAt(x, y, channel)) {
      const shift = channel % BLOCK;
      const [n, h, w] = shape;
      const part: MapValue = { ...y, shape: [n, h, w, shift + channels], first: y.first + (channel - shift) / BLOCK };
      plan.dispatch(INSERT, groupsOf(part), { y: part, x }, { shift });
    }
    channel += channels;
  }
  return y;
};

/** Zeros around height and width. */
export const pad: Lowering<'pad'> = ({ plan, attrs: { pads }, x, result }) => {
  const y = result();
  plan.dispatch(PAD, groupsOf(y), { y, x }, { top: pads.top, left: pads.left });
  return y;
};

/** Spreads channels over blocks of pixels. */
export const depthToSpace: Lowering<'depthToSpace'> = ({ plan, attrs: { blockSize, order }, x, shape, result }) => {
  const y = result();
  const steps =
    order === 'crr' ? { channelStep: blockSize ** 2, pixelStep: 1 } : { channelStep: 1, pixelStep: shape[3] };
  plan.dispatch(DEPTH_TO_SPACE, groupsOf(y), { y, x }, { blockSize, ...steps });
  return y;
};
