import { toWorld, type Frame } from '../geometry/frame.ts';
import { cross, normalize, subtract, type Vec3 } from '../geometry/vec3.ts';
import type { Paint, Shape } from './shape.ts';

/** Where the shapes of a scene are put together. */
export interface Stage {
  readonly shapes: Shape[];
}

/** Adds a flat, convex face given in a frame: corners counterclockwise seen from outside, lower edge first. */
export function addFace({ shapes }: Stage, frame: Frame, local: readonly Vec3[], paint: Paint): void {
  const corners = local.map((corner) => toWorld(frame, corner));
  const across = normalize(subtract(corners[1]!, corners[0]!));
  const normal = normalize(cross(subtract(corners.at(-1)!, corners[0]!), across));
  shapes.push({ kind: 'face', corners, across, up: cross(across, normal), normal, paint });
}

/** Thickness and outline of a bar. */
export interface BarOptions {
  readonly radius: number;
  /** At its second end; `radius` by default. */
  readonly toRadius?: number;
  readonly ragged?: number;
}

/** Adds a round bar between two points of a frame. */
export function addBar({ shapes }: Stage, frame: Frame, from: Vec3, to: Vec3, options: BarOptions, paint: Paint): void {
  const { radius, toRadius = radius, ragged = 0 } = options;
  shapes.push({
    kind: 'bar',
    from: toWorld(frame, from),
    to: toWorld(frame, to),
    fromRadius: radius,
    toRadius,
    ragged,
    paint,
  });
}

/** Adds a ball at a point of a frame. */
export const addBall = (stage: Stage, frame: Frame, at: Vec3, options: BarOptions, paint: Paint): void =>
  addBar(stage, frame, at, at, options, paint);

/** Paints of a box; faces without one are left out. */
export interface BoxPaints {
  readonly front?: Paint | undefined;
  readonly back?: Paint | undefined;
  readonly sides?: Paint | undefined;
  readonly top?: Paint | undefined;
  readonly bottom?: Paint | undefined;
}

/** Adds a box between two corners of a frame. Its front looks along `forward`. */
export function addBox(stage: Stage, frame: Frame, low: Vec3, high: Vec3, paints: BoxPaints): void {
  const [x0, y0, z0] = low;
  const [x1, y1, z1] = high;
  addPrism(stage, frame, { low: [x0, x1, z0, z1], high: [x0, x1, z0, z1], from: y0, to: y1 }, paints);
}

/** A block whose top may be smaller than its bottom: extents `x0, x1, z0, z1` at both heights. */
export interface Prism {
  readonly low: readonly [x0: number, x1: number, z0: number, z1: number];
  readonly high: readonly [x0: number, x1: number, z0: number, z1: number];
  readonly from: number;
  readonly to: number;
}

/** Adds a block with sloped sides. */
export function addPrism(stage: Stage, frame: Frame, { low, high, from, to }: Prism, paints: BoxPaints): void {
  const [a0, a1, b0, b1] = low;
  const [c0, c1, d0, d1] = high;
  const face = (paint: Paint | undefined, ...corners: Vec3[]): void => {
    if (paint !== undefined) addFace(stage, frame, corners, paint);
  };
  face(paints.back, [a0, from, b0], [a1, from, b0], [c1, to, d0], [c0, to, d0]);
  face(paints.front, [a1, from, b1], [a0, from, b1], [c0, to, d1], [c1, to, d1]);
  face(paints.sides, [a0, from, b1], [a0, from, b0], [c0, to, d0], [c0, to, d1]);
  face(paints.sides, [a1, from, b0], [a1, from, b1], [c1, to, d1], [c1, to, d0]);
  face(paints.top, [c0, to, d0], [c1, to, d0], [c1, to, d1], [c0, to, d1]);
  face(paints.bottom, [a0, from, b1], [a1, from, b1], [a1, from, b0], [a0, from, b0]);
}
