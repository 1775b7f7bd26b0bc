import type { FieldOfUnit } from '@atrous/atrous-ops';
import { encodePng } from '@atrous/data';
import { heatMap } from '../../segment/heat-map.ts';

/** A picture of what a unit sees, cut to where it sees anything. */
export interface FieldPicture {
  /** PNG as a data address. */
  readonly href: string;
  /** First row and column that is shown, and how many. */
  readonly window: { readonly top: number; readonly left: number; readonly height: number; readonly width: number };
}

/** What is not seen: no colour of the heat map. */
export const UNSEEN: readonly [number, number, number] = [236, 236, 236];

/** Pixels of the picture along its longer side, at least: viewers blur small pictures when they enlarge them. */
const LEAST_PIXELS = 800;

/** The box with an eighth of its side around it, as far as the map goes. */
function windowOf({ box, size }: FieldOfUnit): FieldPicture['window'] {
  const along = (start: number, extent: number, map: number): readonly [number, number] => {
    const margin = Math.max(1, Math.round(extent / 8));
    const first = Math.max(start - margin, 0);
    return [first, Math.min(start + extent + margin, map) - first];
  };
  const [top, height] = along(box.top, box.height, size[0]);
  const [left, width] = along(box.left, box.width, size[1]);
  return { top, left, height, width };
}

/** Colours the map by the square root of the paths, so that the weak rim of the field is still told from the holes in it. */
export function drawField(field: FieldOfUnit): FieldPicture {
  const window = windowOf(field);
  const most = Math.sqrt(field.paths.reduce((max, paths) => Math.max(max, paths), 1));
  const colors = heatMap(Float32Array.from(field.paths, (paths) => Math.sqrt(paths) / most));
  const zoom = Math.max(1, Math.ceil(LEAST_PIXELS / Math.max(window.height, window.width)));
  const [width, height] = [window.width * zoom, window.height * zoom];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = window.top + Math.floor(y / zoom);
      const from = row * field.size[1] + window.left + Math.floor(x / zoom);
      const color = (field.paths[from] ?? 0) > 0 ? colors.subarray(from * 4, from * 4 + 3) : UNSEEN;
      data.set([...color, 255], (y * width + x) * 4);
    }
  const png = encodePng({ width, height, data });
  return { href: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, window };
}
