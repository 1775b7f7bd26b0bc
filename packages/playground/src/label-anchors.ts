import { isBackground, type LabelledPicture } from './overlay.ts';

/** Where a class name is written: fractions of width and height. */
export interface LabelAnchor {
  readonly id: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

const gridSide = 128;
const smallestShare = 0.004;

/**
 * The middle of each class: the point of it that is farthest from other classes and from the border.
 * Classes with less than 0.4 % of the picture get none.
 */
export function labelAnchors(picture: LabelledPicture): readonly LabelAnchor[] {
  const scale = Math.min(1, gridSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const grid = sampledLabels(picture, width, height);
  const deepest = deepestCells(grid, distanceToOthers(grid, width, height));
  return picture.legend.flatMap((entry) => {
    const cells = deepest.get(entry.id) ?? [];
    // Along a stripe many cells are as deep; the one in the middle of them looks best.
    const cell = cells[Math.floor(cells.length / 2)];
    if (cell === undefined || isBackground(entry) || entry.share < smallestShare) return [];
    const { id, name } = entry;
    return [{ id, name, x: ((cell % width) + 0.5) / width, y: (Math.floor(cell / width) + 0.5) / height }];
  });
}

/** By class, the cells with the largest distance. */
function deepestCells(grid: Uint16Array, distance: Uint16Array): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, { depth: number; cells: number[] }>();
  grid.forEach((id, cell) => {
    const depth = distance[cell] ?? 0;
    const best = found.get(id);
    if (!best || depth > best.depth) found.set(id, { depth, cells: [cell] });
    else if (depth === best.depth) best.cells.push(cell);
  });
  return new Map([...found].map(([id, { cells }]) => [id, cells]));
}

function sampledLabels(picture: LabelledPicture, width: number, height: number): Uint16Array {
  return Uint16Array.from({ length: width * height }, (_, cell) => {
    const x = Math.floor((((cell % width) + 0.5) * picture.width) / width);
    const y = Math.floor(((Math.floor(cell / width) + 0.5) * picture.height) / height);
    return picture.labels[y * picture.width + x] ?? 0;
  });
}

/** City-block distance to the nearest cell of another class, in two sweeps; the border counts as another class. */
function distanceToOthers(grid: Uint16Array, width: number, height: number): Uint16Array {
  const distance = new Uint16Array(grid.length);
  const through = (cell: number, neighbour: number, inside: boolean) =>
    inside && grid[neighbour] === grid[cell] ? (distance[neighbour] ?? 0) + 1 : 1;
  for (let cell = 0; cell < grid.length; cell += 1)
    distance[cell] = Math.min(through(cell, cell - 1, cell % width > 0), through(cell, cell - width, cell >= width));
  for (let cell = grid.length - 1; cell >= 0; cell -= 1)
    distance[cell] = Math.min(
      distance[cell] ?? 0,
      through(cell, cell + 1, cell % width < width - 1),
      through(cell, cell + width, cell < width * (height - 1)),
    );
  return distance;
}
