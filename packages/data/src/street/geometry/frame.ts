import { turn } from './turn.ts';
import type { Vec3 } from './vec3.ts';

/** Where a thing stands and which way it looks; up is always up. */
export interface Frame {
  readonly origin: Vec3;
  readonly right: Vec3;
  readonly forward: Vec3;
}

/** A frame that looks `degrees` to the right of straight on. */
export function frameAt(origin: Vec3, degrees = 0): Frame {
  const { sin, cos } = turn(degrees);
  return { origin, right: [cos, 0, -sin], forward: [sin, 0, cos] };
}

/** A frame `offset` away from another in that one's directions, turned `degrees` more. */
export function frameIn(frame: Frame, offset: Vec3, degrees = 0): Frame {
  const { sin, cos } = turn(degrees);
  const { right: r, forward: f } = frame;
  return {
    origin: toWorld(frame, offset),
    right: [r[0] * cos - f[0] * sin, 0, r[2] * cos - f[2] * sin],
    forward: [r[0] * sin + f[0] * cos, 0, r[2] * sin + f[2] * cos],
  };
}

/** A point given in a frame, in the world. */
export const toWorld = ({ origin, right, forward }: Frame, [x, y, z]: Vec3): Vec3 => [
  origin[0] + right[0] * x + forward[0] * z,
  origin[1] + y,
  origin[2] + right[2] * x + forward[2] * z,
];
