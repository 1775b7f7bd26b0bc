import type { Vec3 } from '../geometry/vec3.ts';
import type { View } from '../geometry/view.ts';
import { enlarge } from './camera.ts';
import { createDepthTarget, type DepthTarget } from './depth-target.ts';
import { alongBar, fillBar, flatten, type FlatBar } from './fill-bar.ts';
import { fillFace } from './fill-face.ts';
import type { Ground } from './ground.ts';
import type { Lighting } from './light.ts';
import type { Shader, Spot } from './shade.ts';
import type { Face, Shape, Texel } from './shape.ts';
import { skyLight } from './sky.ts';

/** What a camera saw: linear light, class and distance of every pixel. */
export interface Rendering {
  /** `[height, width, 3]`. */
  readonly light: Float32Array;
  /** `[height, width]`. */
  readonly labels: Uint8Array;
  /** `[height, width]`: metres straight on, `Infinity` for the sky. */
  readonly depth: Float32Array;
}

/** What is drawn. */
export interface Subject {
  readonly shapes: readonly Shape[];
  readonly ground: Ground;
  readonly lighting: Lighting;
  readonly shader: Shader;
  readonly skyLabel: number;
}

const samples = 2;

/** What is nearest at every sample: solid shapes, and veils before them. */
function drawShapes(view: View, shapes: readonly Shape[]): { readonly solid: DepthTarget; readonly veil: DepthTarget } {
  const fine = enlarge(view, samples);
  const solid = createDepthTarget(fine.width, fine.height);
  const veil = createDepthTarget(fine.width, fine.height);
  shapes.forEach((shape, i) => {
    const target = shape.paint.veil ? veil : solid;
    if (shape.kind === 'face') fillFace(fine, target, shape.corners, i + 1, shape.paint.veil === true);
    else fillBar(fine, target, shape, i + 1);
  });
  for (let at = 0; at < veil.shape.length; at++) if (veil.nearness[at]! <= solid.nearness[at]!) veil.shape[at] = 0;
  return { solid, veil };
}

/** Draws a subject: one look per surface and pixel, weighed by how many of four samples it covers. */
export function render(view: View, subject: Subject): Rendering {
  const { width, height } = view;
  const targets = drawShapes(view, subject.shapes);
  const rendering: Rendering = {
    light: new Float32Array(width * height * 3),
    labels: new Uint8Array(width * height),
    depth: new Float32Array(width * height),
  };
  const look = createLook(view, subject);
  const pixel = createPixel(look, targets);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) pixel(rendering, row * width + column, column, row);
  return rendering;
}

/** The look of one surface in the middle of a pixel: light to `out`, and its class and distance. */
interface Look {
  readonly out: Float64Array;
  label: number;
  distance: number;
  cover: number;
  at(id: number, nearness: number, column: number, row: number): void;
}

function createLook(view: View, { shapes, ground, lighting, shader, skyLabel }: Subject): Look {
  const { position, right, up, forward, focal, centre } = view;
  const bars = new Map<number, FlatBar>();
  const texel: Texel = { r: 0, g: 0, b: 0, glow: 0, gloss: 0, cover: 1 };
  const spot: Spot = { x: 0, y: 0, z: 0, nx: 0, ny: 1, nz: 0, distance: 0 };
  const ray: [number, number, number] = [0, 0, 1];
  const look: Look = { out: new Float64Array(3), label: 0, distance: 0, cover: 1, at: paint };

  function aim(column: number, row: number): void {
    const x = (column + 0.5 - centre[0]) / focal;
    const y = (centre[1] - row - 0.5) / focal;
    for (let i = 0; i < 3; i++) ray[i] = forward[i]! + right[i]! * x + up[i]! * y;
  }

  function moveTo(distance: number): void {
    spot.distance = distance;
    spot.x = position[0] + ray[0] * distance;
    spot.y = position[1] + ray[1] * distance;
    spot.z = position[2] + ray[2] * distance;
  }

  function paint(id: number, nearness: number, column: number, row: number): void {
    aim(column, row);
    texel.glow = 0;
    texel.gloss = 0;
    texel.cover = 1;
    const shape = shapes[id - 1];
    if (shape === undefined) return paintGround();
    const distance = 1 / nearness;
    if (shape.kind === 'face') paintFace(shape, distance);
    else paintBar(id, distance, column, row);
    look.label = shape.paint.label;
    finish();
  }

  function finish(): void {
    look.distance = spot.distance;
    look.cover = texel.cover;
    shader(spot, ray, texel, look.out);
  }

  function paintFace({ corners, across, up: high, normal, paint: { material } }: Face, distance: number): void {
    const [o] = corners as readonly [Vec3];
    const [ox, oy, oz] = [o[0] - position[0], o[1] - position[1], o[2] - position[2]];
    const facing = normal[0] * ray[0] + normal[1] * ray[1] + normal[2] * ray[2];
    const exact = (normal[0] * ox + normal[1] * oy + normal[2] * oz) / facing;
    moveTo(exact > distance * 0.7 && exact < distance * 1.4 ? exact : distance);
    const [px, py, pz] = [spot.x - o[0], spot.y - o[1], spot.z - o[2]];
    const side = facing > 0 ? -1 : 1;
    spot.nx = normal[0] * side;
    spot.ny = normal[1] * side;
    spot.nz = normal[2] * side;
    const u = px * across[0] + py * across[1] + pz * across[2];
    const v = px * high[0] + py * high[1] + pz * high[2];
    material(u, v, spot.distance / focal / Math.max(0.25, Math.abs(facing)), texel);
  }

  function paintBar(id: number, distance: number, column: number, row: number): void {
    const bar = shapes[id - 1] as Extract<Shape, { kind: 'bar' }>;
    let flat = bars.get(id);
    if (flat === undefined) bars.set(id, (flat = flatten(view, bar)!));
    moveTo(distance);
    const t = alongBar(flat, column + 0.5, row + 0.5);
    const here = flat.radius + flat.dRadius * t + 1e-6;
    let a = (column + 0.5 - flat.x - flat.dx * t) / here;
    let b = (flat.y + flat.dy * t - row - 0.5) / here;
    const squared = a * a + b * b;
    if (squared > 0.98) {
      const shrink = 0.99 / Math.sqrt(squared);
      a *= shrink;
      b *= shrink;
    }
    const c = Math.sqrt(Math.max(0.02, 1 - a * a - b * b));
    spot.nx = right[0] * a + up[0] * b - forward[0] * c;
    spot.ny = right[1] * a + up[1] * b - forward[1] * c;
    spot.nz = right[2] * a + up[2] * b - forward[2] * c;
    bar.paint.material((column - flat.x) / flat.pixels, (flat.y - row) / flat.pixels, distance / focal, texel);
  }

  function paintGround(): void {
    if (ray[1] >= -1e-4) return paintSky();
    const distance = (ground.step - position[1]) / ray[1];
    if (distance > 2_000) return paintSky();
    const footprint = distance / focal;
    spot.nx = 0;
    spot.ny = 1;
    spot.nz = 0;
    moveTo(distance);
    const stretched = footprint * Math.min(8, 0.5 / -ray[1] + 0.5);
    if (ground.isRaised(spot.x, spot.z)) look.label = ground.paint(spot.x, spot.z, stretched, texel);
    else {
      moveTo(-position[1] / ray[1]);
      if (ground.isRaised(spot.x, spot.z)) look.label = ground.paintKerb(spot.x, spot.z, stretched, texel);
      else look.label = ground.paint(spot.x, spot.z, stretched, texel);
    }
    finish();
  }

  function paintSky(): void {
    look.label = skyLabel;
    look.distance = Infinity;
    look.cover = 1;
    skyLight(lighting, ray, look.out);
  }

  return look;
}

type Pixel = (rendering: Rendering, at: number, column: number, row: number) => void;

/** Mixes the surfaces that share a pixel. Its class is the one of most samples, of the nearest surface when two have as many. */
function createPixel(look: Look, { solid, veil }: { readonly solid: DepthTarget; readonly veil: DepthTarget }): Pixel {
  const ids = [0, 0, 0, 0];
  const veils = [0, 0, 0, 0];
  const nearness = [0, 0, 0, 0];
  const veilNearness = [0, 0, 0, 0];
  const labels = [0, 0, 0, 0];
  const distances = [0, 0, 0, 0];
  const sum = new Float64Array(3);

  function gather(column: number, row: number): void {
    for (let s = 0; s < 4; s++) {
      const at = (row * samples + (s >> 1)) * solid.width + column * samples + (s & 1);
      ids[s] = solid.shape[at]!;
      nearness[s] = solid.nearness[at]!;
      veils[s] = veil.shape[at]!;
      veilNearness[s] = veil.nearness[at]!;
    }
  }

  function addLook(column: number, row: number, first: number): void {
    const isSame = (s: number): boolean => ids[s] === ids[first] && veils[s] === veils[first];
    let count = 0;
    for (let s = 0; s < 4; s++) if (isSame(s)) count++;
    look.at(ids[first]!, nearness[first]!, column, row);
    const [r, g, b] = look.out as unknown as [number, number, number];
    let { label, distance } = look;
    let cover = 0;
    if (veils[first] !== 0) {
      look.at(veils[first]!, veilNearness[first]!, column, row);
      ({ label, distance, cover } = look);
    }
    const [vr, vg, vb] = look.out as unknown as [number, number, number];
    sum[0] = sum[0]! + count * (r + (vr - r) * cover);
    sum[1] = sum[1]! + count * (g + (vg - g) * cover);
    sum[2] = sum[2]! + count * (b + (vb - b) * cover);
    for (let s = 0; s < 4; s++)
      if (isSame(s)) {
        labels[s] = label;
        distances[s] = distance;
      }
  }

  /** The sample whose class and distance the pixel has. */
  function winner(): number {
    let best = 0;
    let bestVotes = 0;
    for (let s = 0; s < 4; s++) {
      let votes = 0;
      for (let other = 0; other < 4; other++) if (labels[other] === labels[s]) votes++;
      if (votes > bestVotes || (votes === bestVotes && distances[s]! < distances[best]!)) {
        best = s;
        bestVotes = votes;
      }
    }
    return best;
  }

  return ({ light, labels: allLabels, depth }, at, column, row) => {
    gather(column, row);
    sum.fill(0);
    for (let s = 0; s < 4; s++) {
      let isNew = true;
      for (let before = 0; before < s; before++)
        if (ids[before] === ids[s] && veils[before] === veils[s]) isNew = false;
      if (isNew) addLook(column, row, s);
    }
    for (let c = 0; c < 3; c++) light[at * 3 + c] = sum[c]! / 4;
    const best = winner();
    allLabels[at] = labels[best]!;
    depth[at] = distances[best]!;
  };
}
