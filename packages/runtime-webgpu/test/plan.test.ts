import { createGraphBuilder, type Graph } from '@atrous/core';
import { expect, it } from 'vitest';
import { assignRooms } from '../src/plan/assign-rooms.ts';
import { chooseRectangle, type Extents } from '../src/plan/choose-rectangle.ts';
import { labelsOf, planOf as planOfGraph } from './support/plan-of.ts';

const planOf = (build: (builder: ReturnType<typeof createGraphBuilder>) => Graph) =>
  planOfGraph(build(createGraphBuilder()));

it('writes what a concatenation reads into its place', () => {
  const plan = planOf((b) => {
    const image = b.input({ shape: [1, 9, 9, 4] });
    const one = b.conv2d(image, { name: 'one', filters: 8, kernel: 1 });
    const other = b.conv2d(image, { name: 'other', filters: 12, kernel: 1 });
    return b.build({ y: b.activation(b.concat([one, other]), 'relu') });
  });
  expect(labelsOf(plan)).toEqual([
    'unpack',
    expect.stringMatching('conv'),
    expect.stringMatching('conv'),
    'relu',
    'pack',
  ]);
  expect(assignRooms(plan.steps, [], []).buffers.length).toBeLessThan(plan.steps.length);
});

it('copies what does not begin with a block, or is read elsewhere', () => {
  const plan = planOf((b) => {
    const image = b.input({ shape: [1, 9, 9, 4] });
    const one = b.conv2d(image, { name: 'one', filters: 6, kernel: 1 });
    const other = b.conv2d(image, { name: 'other', filters: 8, kernel: 1 });
    return b.build({ y: b.concat([one, other, image]) });
  });
  expect(labelsOf(plan).filter((label) => label === 'insert')).toHaveLength(3);
});

it('adds the other operand of a sum where the last one is computed', () => {
  const plan = planOf((b) => {
    const image = b.input({ shape: [1, 9, 9, 4] });
    const conv = b.conv2d(image, { name: 'conv', filters: 4, kernel: 3 });
    return b.build({ y: b.add([image, conv]) });
  });
  expect(labelsOf(plan)).toEqual(['unpack', expect.stringMatching('add, linear'), 'pack']);
});

it('gives no step one buffer twice, and shares buffers between steps', () => {
  const plan = planOf((b) => {
    let x = b.activation(b.input({ shape: [1, 9, 9, 4] }), 'relu');
    for (let i = 0; i < 5; i++) x = b.activation(x, 'silu');
    return b.build({ x });
  });
  const rooms = plan.inputs.map(({ room }) => room);
  const { buffers, places } = assignRooms(plan.steps, rooms, []);
  expect(buffers.length).toBeLessThanOrEqual(3);
  for (const step of plan.steps)
    if ('kernel' in step) {
      const used = Object.values(step.bound).map((bound) =>
        places.get('room' in bound ? bound.room : (bound as never)),
      );
      expect(new Set(used).size).toBe(used.length);
    }
});

const square = (extent: number, atrousRate: number): Extents => {
  const axis = { kernel: 3, stride: 1, rate: atrousRate, before: atrousRate, inExtent: extent, outExtent: extent };
  return { rows: axis, columns: axis };
};

/** Taps of all rectangles that read the map for one of its pixels, of all taps that would be computed for so many full rectangles. */
function share(extents: Extents, { height, width }: ReturnType<typeof chooseRectangle>, pixels: number): number {
  const { inExtent: extent, rate } = extents.rows;
  let live = 0;
  for (let top = 0; top < extent; top += height)
    for (let left = 0; left < extent; left += width)
      for (const down of [-rate, 0, rate])
        for (const over of [-rate, 0, rate]) {
          const reads = (first: number, length: number, shift: number): boolean =>
            Array.from({ length }, (_, i) => first + i).some(
              (at) => at < extent && at + shift >= 0 && at + shift < extent,
            );
          if (reads(top, height, down) && reads(left, width, over)) live++;
        }
  return (live * pixels) / (9 * extent * extent);
}

it('cuts maps so that few taps are computed that read only padding', () => {
  // of the pixels' own taps 0.40 read the map
  expect(share(square(33, 18), chooseRectangle(square(33, 18), 64), 64)).toBeLessThan(0.62);
  expect(share(square(65, 18), chooseRectangle(square(65, 18), 64), 64)).toBeLessThan(0.85);
  expect(chooseRectangle(square(8, 1), 64)).toMatchObject({ height: 8, width: 8 });
});
