import { createRandom } from '@atrous/core';
import { expect, it } from 'vitest';
import type { Texel } from '../../src/street/render/shape.ts';
import { createGround } from '../../src/street/world/ground.ts';
import { createPlaces } from '../../src/street/world/places.ts';
import { lateralOf, placeOn, type StreetPlan } from '../../src/street/world/street-plan.ts';

const plan: StreetPlan = {
  halfRoad: 4,
  lanes: 2,
  pavements: [2, 3],
  yards: [0, 5],
  areYardsGreen: [false, true],
  bend: 0,
  crossing: { at: 30, half: 5 },
  driveSide: 1,
  length: 100,
};

const road = 3;
const pavement = 4;
const tree = 5;

/** Class of the ground at a place. */
function classAt(x: number, z: number): number {
  const texel: Texel = { r: 0, g: 0, b: 0, glow: 0, gloss: 0, cover: 1 };
  return createGround(plan, 0, createRandom(1)).paint(x, z, 0.01, texel);
}

it('lays road, pavement and grass as wide as the plan says', () => {
  expect([-7, -4.1, -3.9, 0, 3.9, 4.1, 6.9, 7.1].map((x) => classAt(x, 5))).toEqual([
    pavement,
    pavement,
    road,
    road,
    road,
    pavement,
    pavement,
    tree,
  ]);
});

it('leads the side street through, with round corners', () => {
  expect([-50, 50].map((x) => classAt(x, 30))).toEqual([road, road]);
  expect(classAt(4.5, 24.5)).toBe(road);
  expect(classAt(6.5, 22.5)).toBe(pavement);
});

it('raises what is not road', () => {
  const ground = createGround(plan, 0, createRandom(1));
  expect([0, 3.9, 4.1, 9].map((x) => ground.isRaised(x, 5))).toEqual([false, false, true, true]);
});

it('finds a place of a bent street again', () => {
  const bent = { ...plan, bend: 0.0025 };
  for (const along of [0, 20, 60])
    for (const lateral of [-6, 0, 6]) {
      const [x, , z] = placeOn(bent, along, lateral).origin;
      expect(Math.abs(lateralOf(bent, x, z) - lateral)).toBeLessThan(0.2);
    }
});

it('gives a place to one thing only', () => {
  const take = createPlaces();
  expect([take(10, 5, 1), take(11.5, 5, 1), take(12.5, 5, 1), take(12.4, 5, 0.1)]).toEqual([true, false, true, false]);
});
