import type { DrawnShapes } from './draw-shapes.ts';
import { samples } from './draw-shapes.ts';
import type { Look } from './look.ts';

/** What a pixel shows, mixed from its samples. */
export interface MixedPixel {
  /** Red, green, blue. */
  readonly light: Float64Array;
  label: number;
  distance: number;
  /** Mixes the samples of a pixel. */
  at(column: number, row: number): void;
}

const perPixel = samples * samples;

/**
 * Mixes the surfaces that share a pixel: one look each, weighed by the samples it covers. The class is the one of most samples, of the
 * nearest surface when two have as many.
 */
export function createMixer(look: Look, { solid, veil }: DrawnShapes): MixedPixel {
  const ids = new Int32Array(perPixel);
  const veils = new Int32Array(perPixel);
  const places = new Int32Array(perPixel);
  const labels = new Int32Array(perPixel);
  const distances = new Float64Array(perPixel);
  const { width } = solid;
  const light = new Float64Array(3);
  const pixel: MixedPixel = { light, label: 0, distance: 0, at };

  function at(column: number, row: number): void {
    const first = row * samples * width + column * samples;
    let isOne = true;
    for (let s = 0; s < perPixel; s++) {
      const place = first + (s >> 1) * width + (s & 1);
      places[s] = place;
      ids[s] = solid.shape[place]!;
      veils[s] = veil.shape[place]!;
      if (ids[s] !== ids[0] || veils[s] !== veils[0]) isOne = false;
    }
    light[0] = 0;
    light[1] = 0;
    light[2] = 0;
    if (isOne) {
      addSurface(column, row, 0, perPixel);
      pixel.label = labels[0]!;
      pixel.distance = distances[0]!;
    } else mixSurfaces(column, row);
  }

  const isSame = (a: number, b: number): boolean => ids[a] === ids[b] && veils[a] === veils[b];

  function mixSurfaces(column: number, row: number): void {
    for (let s = 0; s < perPixel; s++) {
      let before = 0;
      let count = 0;
      for (let other = 0; other < perPixel; other++)
        if (isSame(s, other)) {
          if (other < s) before++;
          count++;
        }
      if (before > 0) continue;
      addSurface(column, row, s, count);
      for (let other = s + 1; other < perPixel; other++)
        if (isSame(s, other)) {
          labels[other] = labels[s]!;
          distances[other] = distances[s]!;
        }
    }
    const best = winner();
    pixel.label = labels[best]!;
    pixel.distance = distances[best]!;
  }

  /** Adds the look of the surface of a sample, and of the veil before it, `count` times. */
  function addSurface(column: number, row: number, s: number, count: number): void {
    const share = count / perPixel;
    look.at(ids[s]!, solid.nearness[places[s]!]!, column, row);
    labels[s] = look.label;
    distances[s] = look.distance;
    const { out } = look;
    if (veils[s] === 0) {
      light[0]! += share * out[0]!;
      light[1]! += share * out[1]!;
      light[2]! += share * out[2]!;
      return;
    }
    const r = out[0]!;
    const g = out[1]!;
    const b = out[2]!;
    look.at(veils[s]!, veil.nearness[places[s]!]!, column, row);
    labels[s] = look.label;
    distances[s] = look.distance;
    light[0]! += share * (r + (out[0]! - r) * look.cover);
    light[1]! += share * (g + (out[1]! - g) * look.cover);
    light[2]! += share * (b + (out[2]! - b) * look.cover);
  }

  function winner(): number {
    let best = 0;
    let bestVotes = 0;
    for (let s = 0; s < perPixel; s++) {
      let votes = 0;
      for (let other = 0; other < perPixel; other++) if (labels[other] === labels[s]) votes++;
      if (votes > bestVotes || (votes === bestVotes && distances[s]! < distances[best]!)) {
        best = s;
        bestVotes = votes;
      }
    }
    return best;
  }

  return pixel;
}
