import { frameIn, toWorld, type Frame } from '../geometry/frame.ts';
import { cross, normalize, subtract, type Vec3 } from '../geometry/vec3.ts';
import type { Paint, Shape } from './shape.ts';

/** Where the shapes of a scene are put together. */
export interface Stage {
  readonly shapes: Shape[];
}

/** Thickness and outline of a bar, in metres. */
export interface BarOptions {
  readonly radius: number;
  /** At its second end; `radius` by default. */
  readonly toRadius?: number;
  /** How ragged its outline is, 0 … 1; 0 by default. */
  readonly ragged?: number;
}

/** Paints of a block; faces without one are left out. */
export interface BlockPaints {
  readonly front?: Paint | undefined;
  readonly back?: Paint | undefined;
  readonly sides?: Paint | undefined;
  readonly top?: Paint | undefined;
  readonly bottom?: Paint | undefined;
}

/** A block whose top may be smaller than its bottom: extents `x0, x1, z0, z1` at both heights. */
export interface Prism {
  readonly low: readonly [x0: number, x1: number, z0: number, z1: number];
  readonly high: readonly [x0: number, x1: number, z0: number, z1: number];
  readonly from: number;
  readonly to: number;
}

/** Adds shapes to a stage, in metres right of, above and ahead of a frame. */
export interface Brush {
  readonly frame: Frame;
  /** The same brush elsewhere: `offset` away in its own directions, turned `degrees` to the right. */
  at(offset: Vec3, degrees?: number): Brush;
  /** A flat, convex face; corners counterclockwise seen from outside, lower edge first. */
  face(corners: readonly Vec3[], paint: Paint): void;
  /** A round bar. */
  bar(from: Vec3, to: Vec3, options: BarOptions, paint: Paint): void;
  ball(at: Vec3, options: BarOptions, paint: Paint): void;
  /** A block with upright sides between two corners; its front looks ahead. */
  box(low: Vec3, high: Vec3, paints: BlockPaints): void;
  /** A block with sloping sides. */
  prism(prism: Prism, paints: BlockPaints): void;
}

/** A brush for things that stand at a frame. */
export function brushAt(stage: Stage, frame: Frame): Brush {
  const { shapes } = stage;
  const brush: Brush = {
    frame,
    at: (offset, degrees) => brushAt(stage, frameIn(frame, offset, degrees)),
    face(local, paint) {
      const corners = local.map((corner) => toWorld(frame, corner));
      const across = normalize(subtract(corners[1]!, corners[0]!));
      const normal = normalize(cross(subtract(corners.at(-1)!, corners[0]!), across));
      shapes.push({ kind: 'face', corners, across, up: cross(across, normal), normal, paint });
    },
    bar(from, to, { radius, toRadius = radius, ragged = 0 }, paint) {
      const ends = { from: toWorld(frame, from), to: toWorld(frame, to) };
      shapes.push({ kind: 'bar', ...ends, fromRadius: radius, toRadius, ragged, paint });
    },
    ball: (at, options, paint) => brush.bar(at, at, options, paint),
    box([x0, from, z0], [x1, to, z1], paints) {
      brush.prism({ low: [x0, x1, z0, z1], high: [x0, x1, z0, z1], from, to }, paints);
    },
    prism: (prism, paints) => addPrism(brush, prism, paints),
  };
  return brush;
}

function addPrism(brush: Brush, { low, high, from, to }: Prism, paints: BlockPaints): void {
  const [a0, a1, b0, b1] = low;
  const [c0, c1, d0, d1] = high;
  const face = (paint: Paint | undefined, ...corners: Vec3[]): void => {
    if (paint !== undefined) brush.face(corners, paint);
  };
  face(paints.back, [a0, from, b0], [a1, from, b0], [c1, to, d0], [c0, to, d0]);
  face(paints.front, [a1, from, b1], [a0, from, b1], [c0, to, d1], [c1, to, d1]);
  face(paints.sides, [a0, from, b1], [a0, from, b0], [c0, to, d0], [c0, to, d1]);
  face(paints.sides, [a1, from, b0], [a1, from, b1], [c1, to, d1], [c1, to, d0]);
  face(paints.top, [c0, to, d0], [c1, to, d0], [c1, to, d1], [c0, to, d1]);
  face(paints.bottom, [a0, from, b1], [a1, from, b1], [a1, from, b0], [a0, from, b0]);
}
