import { dot, subtract, type Vec3 } from './vec3.ts';

/** How the world falls onto a picture: with perspective for the camera, without for the sun. Lengths of the picture are in its pixels. */
export interface View {
  readonly position: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  readonly forward: Vec3;
  readonly width: number;
  readonly height: number;
  /** Pixels per metre: at one metre's distance with perspective, at any without. */
  readonly focal: number;
  /** Where the direction straight on meets the picture. */
  readonly centre: readonly [x: number, y: number];
  /** Distance without perspective at which nearness is 0; undefined means perspective, with nearness 1 / distance. */
  readonly far?: number | undefined;
}

/** What is nearer than this, in metres, is behind the camera. */
export const nearPlane = 0.15;

/** A point as a view sees it: right, up, and distance straight on. */
export function inView({ position, right, up, forward }: View, point: Vec3): Vec3 {
  const from = subtract(point, position);
  return [dot(from, right), dot(from, up), dot(from, forward)];
}

/** A view's point on its picture: column, row, and a nearness that is linear across every flat face. */
export function project({ focal, centre, far }: View, [x, y, z]: Vec3): Vec3 {
  const pixels = far === undefined ? focal / z : focal;
  return [centre[0] + x * pixels, centre[1] - y * pixels, far === undefined ? 1 / z : far - z];
}
