import * as classes from '../classes.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { band, lay, plain, put, tint } from '../texture/materials.ts';

const rubber = tint(26, 26, 28);
const rim = tint(165, 168, 172);
const corners = 14;

function wheelMaterial(radius: number, first: Vec3, side: number, middle: Vec3): Material {
  return (u, v, size, out) => {
    const a = first[2] - middle[2] + u * side;
    const b = first[1] - middle[1] + v;
    const from = Math.sqrt(a * a + b * b);
    put(out, rubber);
    lay(out, rim, band(from, -1, radius * 0.62, size));
    lay(out, rubber, 0.7 * band(from, radius * 0.15, radius * 0.5, size) * band(Math.abs(a * b), 0, 0.006, 0.006));
  };
}

/** Adds the pair of wheels at `z` metres ahead of a brush, below a body of half a width. */
export function addWheels(brush: Brush, z: number, halfWidth: number, radius: number): void {
  const dark: Paint = { label: classes.car, material: plain(rubber) };
  for (const side of [-1, 1]) {
    const x = side * (halfWidth + 0.01);
    const middle: Vec3 = [x, radius, z];
    // begins with a level edge, which is what a face is measured along
    const rimPoints = Array.from({ length: corners }, (_, i): Vec3 => {
      const { sin, cos } = turn(((i - 0.5) * 360) / corners - 90);
      return [x, radius + radius * sin, z + radius * cos * side];
    });
    const material = wheelMaterial(radius, rimPoints[0]!, side, middle);
    brush.face(rimPoints, { label: classes.car, material });
    const [inner, outer] = side > 0 ? [x - 0.24, x - 0.02] : [x + 0.02, x + 0.24];
    const tread = { front: dark, back: dark };
    brush.box([inner, 0, z - radius * 0.9], [outer, radius * 1.5, z + radius * 0.9], tread);
  }
}
