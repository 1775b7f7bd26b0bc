import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { View } from '../geometry/view.ts';

/** Where a camera is and how it is held; angles in degrees. */
export interface CameraPose {
  readonly position: Vec3;
  /** To the right. */
  readonly yaw: number;
  /** Downwards. */
  readonly pitch: number;
  /** Clockwise. */
  readonly roll: number;
  /** From the left to the right edge of the picture. */
  readonly fieldOfView: number;
}

/** The view of a camera on a picture of `width × height` pixels. */
export function createCamera(
  { position, yaw, pitch, roll, fieldOfView }: CameraPose,
  width: number,
  height: number,
): View {
  const y = turn(yaw);
  const p = turn(pitch);
  const r = turn(roll);
  const half = turn(fieldOfView / 2);
  const forward: Vec3 = [y.sin * p.cos, -p.sin, y.cos * p.cos];
  const level: Vec3 = [y.cos, 0, -y.sin];
  const upright: Vec3 = [y.sin * p.sin, p.cos, y.cos * p.sin];
  const mix = (a: Vec3, s: number, b: Vec3, t: number): Vec3 => [
    a[0] * s + b[0] * t,
    a[1] * s + b[1] * t,
    a[2] * s + b[2] * t,
  ];
  return {
    position,
    right: mix(level, r.cos, upright, -r.sin),
    up: mix(level, r.sin, upright, r.cos),
    forward,
    width,
    height,
    focal: (width / 2) * (half.cos / half.sin),
    centre: [width / 2, height / 2],
  };
}

/** The same view on a picture `times` as large. */
export const enlarge = (view: View, times: number): View => ({
  ...view,
  width: view.width * times,
  height: view.height * times,
  focal: view.focal * times,
  centre: [view.centre[0] * times, view.centre[1] * times],
});
