import type { View } from '../geometry/view.ts';
import { alongBar, flatten, type FlatBar } from './fill-bar.ts';
import type { Ground } from './ground.ts';
import type { Lighting } from './light.ts';
import type { Shader, Spot } from './shade.ts';
import type { Bar, Face, Shape, Texel } from './shape.ts';
import { skyLight } from './sky.ts';

/** What is drawn. */
export interface Subject {
  readonly shapes: readonly Shape[];
  readonly ground: Ground;
  readonly lighting: Lighting;
  readonly shader: Shader;
  readonly skyLabel: number;
}

/** Looks at one surface through the middle of a pixel. */
export interface Look {
  /** The light that was seen last: red, green, blue. */
  readonly out: Float64Array;
  label: number;
  /** Straight on, in metres. */
  distance: number;
  /** How much of the surface is there; less than 1 only of veils. */
  cover: number;
  /** Looks at a shape by its index plus one, or past all shapes by 0. */
  at(id: number, nearness: number, column: number, row: number): void;
}

const farthest = 2_000;

/** What a camera sees of a subject's surfaces. Pixels come by the million, so nothing is allocated for one. */
export function createLook(view: View, { shapes, ground, lighting, shader, skyLabel }: Subject): Look {
  const { focal, centre } = view;
  const [fromX, fromY, fromZ] = view.position;
  const [rightX, rightY, rightZ] = view.right;
  const [upX, upY, upZ] = view.up;
  const [aheadX, aheadY, aheadZ] = view.forward;
  const bars: (FlatBar | undefined)[] = [];
  const texel: Texel = { r: 0, g: 0, b: 0, glow: 0, gloss: 0, cover: 1 };
  const spot: Spot = { x: 0, y: 0, z: 0, nx: 0, ny: 1, nz: 0, distance: 0 };
  const ray = new Float64Array(3);
  const look: Look = { out: new Float64Array(3), label: 0, distance: 0, cover: 1, at };

  function at(id: number, nearness: number, column: number, row: number): void {
    const x = (column + 0.5 - centre[0]) / focal;
    const y = (centre[1] - row - 0.5) / focal;
    ray[0] = aheadX + rightX * x + upX * y;
    ray[1] = aheadY + rightY * x + upY * y;
    ray[2] = aheadZ + rightZ * x + upZ * y;
    texel.glow = 0;
    texel.gloss = 0;
    texel.cover = 1;
    if (id === 0) return seeGround();
    const shape = shapes[id - 1]!;
    look.label = shape.paint.label;
    if (shape.kind === 'face') seeFace(shape, 1 / nearness);
    else seeBar(shape, id, 1 / nearness, column + 0.5, row + 0.5);
    finish();
  }

  function moveTo(distance: number): void {
    spot.distance = distance;
    spot.x = fromX + ray[0]! * distance;
    spot.y = fromY + ray[1]! * distance;
    spot.z = fromZ + ray[2]! * distance;
  }

  function finish(): void {
    look.distance = spot.distance;
    look.cover = texel.cover;
    shader(spot, ray, texel, look.out);
  }

  function seeFace({ corners, across, up, normal, paint }: Face, distance: number): void {
    const o = corners[0]!;
    const facing = normal[0] * ray[0]! + normal[1] * ray[1]! + normal[2] * ray[2]!;
    const exact = (normal[0] * (o[0] - fromX) + normal[1] * (o[1] - fromY) + normal[2] * (o[2] - fromZ)) / facing;
    // the middle of a pixel may lie beyond the face that covers only a corner of it
    moveTo(exact > distance * 0.7 && exact < distance * 1.4 ? exact : distance);
    const x = spot.x - o[0];
    const y = spot.y - o[1];
    const z = spot.z - o[2];
    const side = facing > 0 ? -1 : 1;
    spot.nx = normal[0] * side;
    spot.ny = normal[1] * side;
    spot.nz = normal[2] * side;
    const u = x * across[0] + y * across[1] + z * across[2];
    const v = x * up[0] + y * up[1] + z * up[2];
    paint.material(u, v, spot.distance / focal / Math.max(0.25, Math.abs(facing)), texel);
  }

  function seeBar(bar: Bar, id: number, distance: number, column: number, row: number): void {
    // only bars in front of the camera are drawn, so there is a flat one
    const flat = (bars[id] ??= flatten(view, bar)!);
    moveTo(distance);
    const t = alongBar(flat, column, row);
    const here = flat.radius + flat.dRadius * t + 1e-6;
    let a = (column - flat.x - flat.dx * t) / here;
    let b = (flat.y + flat.dy * t - row) / here;
    const squared = a * a + b * b;
    if (squared > 0.98) {
      const shrink = 0.99 / Math.sqrt(squared);
      a *= shrink;
      b *= shrink;
    }
    const c = Math.sqrt(Math.max(0.02, 1 - a * a - b * b));
    spot.nx = rightX * a + upX * b - aheadX * c;
    spot.ny = rightY * a + upY * b - aheadY * c;
    spot.nz = rightZ * a + upZ * b - aheadZ * c;
    bar.paint.material((column - flat.x) / flat.pixels, (flat.y - row) / flat.pixels, distance / focal, texel);
  }

  function seeGround(): void {
    const down = -ray[1]!;
    const distance = (fromY - ground.step) / down;
    if (down <= 1e-4 || distance > farthest) return seeSky();
    spot.nx = 0;
    spot.ny = 1;
    spot.nz = 0;
    moveTo(distance);
    const size = (distance / focal) * Math.min(8, 0.5 / down + 0.5);
    if (ground.isRaised(spot.x, spot.z)) look.label = ground.paint(spot.x, spot.z, size, texel);
    else {
      moveTo(fromY / down);
      if (ground.isRaised(spot.x, spot.z)) look.label = ground.paintKerb(texel);
      else look.label = ground.paint(spot.x, spot.z, size, texel);
    }
    finish();
  }

  function seeSky(): void {
    look.label = skyLabel;
    look.distance = Infinity;
    look.cover = 1;
    skyLight(lighting, ray[0]!, ray[1]!, ray[2]!, look.out);
  }

  return look;
}
