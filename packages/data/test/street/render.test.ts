import { createRandom } from '@atrous/core';
import { expect, it } from 'vitest';
import { turn } from '../../src/street/geometry/turn.ts';
import { frameAt } from '../../src/street/geometry/frame.ts';
import { createCamera } from '../../src/street/render/camera.ts';
import { createShader } from '../../src/street/render/shade.ts';
import { render } from '../../src/street/render/render.ts';
import { brushAt, type Stage } from '../../src/street/render/stage.ts';
import { castShadows } from '../../src/street/render/shadow-map.ts';
import { plain } from '../../src/street/texture/materials.ts';
import { createLighting } from '../../src/street/world/weather.ts';

const sky = 0;
const ground = 3;
const lighting = createLighting({ weather: 'clear', daylight: 'day' }, createRandom(1));
const paint = (label: number) => ({ label, material: plain([0.5, 0.5, 0.5]) });
const camera = createCamera({ position: [0, 20, 0], yaw: 0, pitch: 0, roll: 0, fieldOfView: 90 }, 64, 48);

/** What a camera 20 m above a plain sees, looking level: 32 pixels are a metre at a metre. */
const see = (stage: Stage) =>
  render(camera, {
    shapes: stage.shapes,
    ground: { step: 0, isRaised: () => true, paint: () => ground, paintKerb: () => ground },
    lighting,
    shader: createShader(lighting, [], () => 1),
    skyLabel: sky,
  });

const count = (labels: Uint8Array, id: number): number => labels.filter((label) => label === id).length;

const square = (x: number, y: number, z: number, half: number) =>
  [
    [x - half, y - half, z],
    [x + half, y - half, z],
    [x + half, y + half, z],
    [x - half, y + half, z],
  ] as const;

it('labels exactly the pixels a face covers, at its distance', () => {
  const stage: Stage = { shapes: [] };
  brushAt(stage, frameAt([0, 0, 0])).face(square(0, 20, 8, 2), paint(7));
  const { labels, depth } = see(stage);
  expect(count(labels, 7)).toBe(16 * 16);
  expect([...depth].filter((_, pixel) => labels[pixel] === 7).every((metres) => Math.abs(metres - 8) < 1e-5)).toBe(
    true,
  );
});

it('shows what is nearer, in whatever order it was added', () => {
  const add = [
    (stage: Stage) => brushAt(stage, frameAt([0, 0, 0])).face(square(0, 20, 8, 2), paint(7)),
    (stage: Stage) => brushAt(stage, frameAt([0, 0, 0])).face(square(0, 20, 4, 0.5), paint(9)),
  ];
  for (const order of [add, add.toReversed()]) {
    const stage: Stage = { shapes: [] };
    for (const one of order) one(stage);
    const { labels } = see(stage);
    expect([count(labels, 7), count(labels, 9)]).toEqual([256 - 64, 64]);
  }
});

it('draws a ball as the disc it is', () => {
  const stage: Stage = { shapes: [] };
  brushAt(stage, frameAt([0, 0, 0])).ball([0, 20, 32], { radius: 16 }, paint(5));
  expect(count(see(stage).labels, 5) / (Math.PI * 16 * 16)).toBeCloseTo(1, 1);
});

it('ends the ground at the horizon', () => {
  const { labels, depth } = see({ shapes: [] });
  expect([labels[23 * 64], labels[24 * 64]]).toEqual([sky, ground]);
  expect(depth[47 * 64 + 9]).toBeCloseTo((20 * 32) / 23.5, 3);
});

it('gives a veil its class everywhere and shows what is behind it', () => {
  const stage: Stage = { shapes: [] };
  const material = plain([1, 0, 0]);
  const face = square(0, 20, 8, 2);
  brushAt(stage, frameAt([0, 0, 0])).face(face, {
    label: 7,
    veil: true,
    material: (u, v, size, out) => {
      material(u, v, size, out);
      out.cover = 0.25;
    },
  });
  const veiled = see(stage);
  const open = see({ shapes: [] });
  const middle = (24 * 64 + 32) * 3;
  expect(count(veiled.labels, 7)).toBe(256);
  expect(veiled.light[middle + 2]).toBeCloseTo(0.75 * open.light[middle + 2]!, 1);
});

it('puts what lies behind a box into its shadow', () => {
  const stage: Stage = { shapes: [] };
  const all = paint(1);
  brushAt(stage, frameAt([0, 0, 20])).box([-2, 0, -2], [2, 4, 2], { front: all, back: all, sides: all, top: all });
  const { sin, cos } = turn(45);
  const sunshine = castShadows(stage.shapes, [0, sin, cos], [0, 0, 20]);
  expect([sunshine(0, 0, 16.5), sunshine(0, 0, 24), sunshine(6, 0, 16.5)]).toEqual([0, 1, 1]);
});

it('turns as sine and cosine do', () => {
  for (let degrees = -720; degrees <= 720; degrees += 7.3) {
    const { sin, cos } = turn(degrees);
    expect(sin).toBeCloseTo(Math.sin((degrees * Math.PI) / 180), 6);
    expect(cos).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 6);
  }
});
