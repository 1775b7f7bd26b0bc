import { inView, nearPlane, project, type View } from '../geometry/view.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { DepthTarget } from './depth-target.ts';

/** The part of a polygon in front of the camera. */
function clip(corners: readonly Vec3[]): readonly Vec3[] {
  if (corners.every(([, , z]) => z >= nearPlane)) return corners;
  const kept: Vec3[] = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    if (a[2] >= nearPlane) kept.push(a);
    if (a[2] >= nearPlane === b[2] >= nearPlane) return;
    const t = (nearPlane - a[2]) / (b[2] - a[2]);
    kept.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, nearPlane]);
  });
  return kept;
}

/** Twice the area a polygon covers on the picture (negative seen from outside) and how its nearness changes along rows and columns. */
function planeOf(points: readonly Vec3[]): { readonly area: number; readonly dx: number; readonly dy: number } {
  let nx = 0;
  let ny = 0;
  let area = 0;
  const o = points[0]!;
  for (let i = 1; i + 1 < points.length; i++) {
    const a = points[i]!;
    const b = points[i + 1]!;
    const [ax, ay, aw] = [a[0] - o[0], a[1] - o[1], a[2] - o[2]];
    const [bx, by, bw] = [b[0] - o[0], b[1] - o[1], b[2] - o[2]];
    nx += ay * bw - aw * by;
    ny += aw * bx - ax * bw;
    area += ax * by - ay * bx;
  }
  return { area, dx: -nx / area, dy: -ny / area };
}

/**
 * Draws a flat, convex face where it is nearer than what is there.
 *
 * @param id what is written as shape.
 * @param isTwoSided whether it is drawn seen from behind as well.
 * @returns whether any of it may be seen.
 */
export function fillFace(
  view: View,
  target: DepthTarget,
  corners: readonly Vec3[],
  id: number,
  isTwoSided: boolean,
): boolean {
  const seen = corners.map((corner) => inView(view, corner));
  const inFront = view.far === undefined ? clip(seen) : seen;
  if (inFront.length < 3) return false;
  const points = inFront.map((corner) => project(view, corner));
  const plane = planeOf(points);
  if (plane.area === 0 || (plane.area > 0 && !isTwoSided)) return false;
  return fillRows(target, points, plane, id);
}

function fillRows(
  { width, height, nearness, shape }: DepthTarget,
  points: readonly Vec3[],
  { dx, dy }: { readonly dx: number; readonly dy: number },
  id: number,
): boolean {
  let top = Infinity;
  let bottom = -Infinity;
  for (const [, y] of points) {
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  const first = Math.max(0, Math.ceil(top - 0.5));
  const last = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
  const [ox, oy, ow] = points[0]!;
  for (let row = first; row <= last; row++) {
    const y = row + 0.5;
    let left = Infinity;
    let right = -Infinity;
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const a = points[j]!;
      const b = points[i]!;
      if (a[1] < y === b[1] < y) continue;
      const x = a[0] + ((y - a[1]) * (b[0] - a[0])) / (b[1] - a[1]);
      if (x < left) left = x;
      if (x > right) right = x;
    }
    const start = Math.max(0, Math.ceil(left - 0.5));
    const end = Math.min(width - 1, Math.ceil(right - 0.5) - 1);
    let near = ow + (start + 0.5 - ox) * dx + (y - oy) * dy;
    for (let at = row * width + start, stop = row * width + end; at <= stop; at++, near += dx)
      if (near > nearness[at]!) {
        nearness[at] = near;
        shape[at] = id;
      }
  }
  return first <= last;
}
