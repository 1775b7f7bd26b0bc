import { cross, normalize, scale, subtract, type Vec3 } from '../geometry/vec3.ts';
import type { View } from '../geometry/view.ts';
import { createDepthTarget } from './depth-target.ts';
import { fillBar } from './fill-bar.ts';
import { createFaceFiller } from './fill-face.ts';
import type { Shape } from './shape.ts';

/** How much of the sun reaches a place, 0 … 1. */
export type Sunshine = (x: number, y: number, z: number) => number;

const extent = 448;
const metres = 62;
const far = 400;
/** How far before a place a shape must be to shade it, in metres: more than the map's own error. */
const bias = 0.22;

function viewOfSun(sun: Vec3, centre: Vec3): View {
  const forward = scale(sun, -1);
  const right = normalize(cross([0, 1, 0], forward));
  const pixels = extent / metres;
  return {
    position: subtract(centre, scale(forward, far / 2)),
    right,
    up: cross(forward, right),
    forward,
    width: extent,
    height: extent,
    focal: pixels,
    centre: [extent / 2, extent / 2],
    far,
  };
}

/** Draws a scene as the sun sees it and answers what lies in its light; what lies outside of the drawing does. */
export function castShadows(shapes: readonly Shape[], sun: Vec3, centre: Vec3): Sunshine {
  const view = viewOfSun(sun, centre);
  const target = createDepthTarget(extent, extent);
  const fillFace = createFaceFiller(view, target);
  shapes.forEach((shape, i) => {
    if (shape.paint.veil) return;
    if (shape.kind === 'face') fillFace(shape.corners, i + 1, true);
    else fillBar(view, target, shape, i + 1);
  });
  const { position, focal } = view;
  const [rightX, rightY, rightZ] = view.right;
  const [upX, upY, upZ] = view.up;
  const [downX, downY, downZ] = view.forward;
  const { nearness } = target;
  const lit = (column: number, row: number, near: number): number =>
    column < 0 || row < 0 || column >= extent || row >= extent || nearness[row * extent + column]! <= near ? 1 : 0;
  return (x, y, z) => {
    const dx = x - position[0];
    const dy = y - position[1];
    const dz = z - position[2];
    const column = extent / 2 + (dx * rightX + dy * rightY + dz * rightZ) * focal - 0.5;
    const row = extent / 2 - (dx * upX + dy * upY + dz * upZ) * focal - 0.5;
    const near = far - (dx * downX + dy * downY + dz * downZ) + bias;
    const c = Math.floor(column);
    const r = Math.floor(row);
    const s = column - c;
    const t = row - r;
    const upper = lit(c, r, near) * (1 - s) + lit(c + 1, r, near) * s;
    const lower = lit(c, r + 1, near) * (1 - s) + lit(c + 1, r + 1, near) * s;
    return upper * (1 - t) + lower * t;
  };
}
