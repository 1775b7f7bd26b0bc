import { nearPlane, type View } from '../geometry/view.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { DepthTarget } from './depth-target.ts';

/**
 * Draws a flat, convex face where it is nearer than what is there.
 *
 * @param id what is written as shape.
 * @param isTwoSided whether it is drawn seen from behind as well.
 */
export type FillFace = (corners: readonly Vec3[], id: number, isTwoSided: boolean) => void;

/** No face has more corners, cut ones included. */
const mostCorners = 32;

/** Makes faces appear on a target. It reuses its memory from face to face, of which a street has thousands. */
export function createFaceFiller(view: View, { width, height, nearness, shape }: DepthTarget): FillFace {
  const { position, right, up, forward, focal, centre, far } = view;
  // corners as the view sees them, then on the picture: column, row, nearness
  const seen = new Float64Array(mostCorners * 3);
  const points = new Float64Array(mostCorners * 3);

  function look(corners: readonly Vec3[]): void {
    let at = 0;
    for (const [x, y, z] of corners) {
      const dx = x - position[0];
      const dy = y - position[1];
      const dz = z - position[2];
      seen[at++] = dx * right[0] + dy * right[1] + dz * right[2];
      seen[at++] = dx * up[0] + dy * up[1] + dz * up[2];
      seen[at++] = dx * forward[0] + dy * forward[1] + dz * forward[2];
    }
  }

  function putPoint(count: number, x: number, y: number, z: number): number {
    const pixels = far === undefined ? focal / z : focal;
    points[count * 3] = centre[0] + x * pixels;
    points[count * 3 + 1] = centre[1] - y * pixels;
    points[count * 3 + 2] = far === undefined ? 1 / z : far - z;
    return count + 1;
  }

  /** Puts what is in front of the camera onto the picture and answers how many corners that has. */
  function projectCorners(count: number): number {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const a = i * 3;
      const b = ((i + 1) % count) * 3;
      const nearA = seen[a + 2]!;
      const nearB = seen[b + 2]!;
      const isFront = far !== undefined || nearA >= nearPlane;
      if (isFront) kept = putPoint(kept, seen[a]!, seen[a + 1]!, nearA);
      if (far !== undefined || isFront === nearB >= nearPlane) continue;
      const t = (nearPlane - nearA) / (nearB - nearA);
      const x = seen[a]! + (seen[b]! - seen[a]!) * t;
      kept = putPoint(kept, x, seen[a + 1]! + (seen[b + 1]! - seen[a + 1]!) * t, nearPlane);
    }
    return kept;
  }

  function fillRows(count: number, dx: number, dy: number, id: number): void {
    let top = Infinity;
    let bottom = -Infinity;
    for (let i = 0; i < count; i++) {
      const y = points[i * 3 + 1]!;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const last = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
    for (let row = Math.max(0, Math.ceil(top - 0.5)); row <= last; row++) fillRow(row, count, dx, dy, id);
  }

  function fillRow(row: number, count: number, dx: number, dy: number, id: number): void {
    const y = row + 0.5;
    let left = Infinity;
    let rightmost = -Infinity;
    for (let i = 0, j = count - 1; i < count; j = i++) {
      const ay = points[j * 3 + 1]!;
      const by = points[i * 3 + 1]!;
      if (ay < y === by < y) continue;
      const ax = points[j * 3]!;
      const x = ax + ((y - ay) * (points[i * 3]! - ax)) / (by - ay);
      if (x < left) left = x;
      if (x > rightmost) rightmost = x;
    }
    const start = Math.max(0, Math.ceil(left - 0.5));
    const end = Math.min(width - 1, Math.ceil(rightmost - 0.5) - 1);
    let near = points[2]! + (start + 0.5 - points[0]!) * dx + (y - points[1]!) * dy;
    for (let at = row * width + start, stop = row * width + end; at <= stop; at++, near += dx)
      if (near > nearness[at]!) {
        nearness[at] = near;
        shape[at] = id;
      }
  }

  return (corners, id, isTwoSided) => {
    look(corners);
    const count = projectCorners(corners.length);
    let nx = 0;
    let ny = 0;
    // twice the area on the picture, negative seen from outside
    let area = 0;
    for (let i = 1; i + 1 < count; i++) {
      const ax = points[i * 3]! - points[0]!;
      const ay = points[i * 3 + 1]! - points[1]!;
      const an = points[i * 3 + 2]! - points[2]!;
      const bx = points[i * 3 + 3]! - points[0]!;
      const by = points[i * 3 + 4]! - points[1]!;
      const bn = points[i * 3 + 5]! - points[2]!;
      nx += ay * bn - an * by;
      ny += an * bx - ax * bn;
      area += ax * by - ay * bx;
    }
    if (area < 0 || (area > 0 && isTwoSided)) fillRows(count, -nx / area, -ny / area, id);
  };
}
