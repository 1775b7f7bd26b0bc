/** The lattice as the paper writes it, with text keys and one pixel at a time: slow, and like nothing in `src`. */

interface Corner {
  readonly key: string;
  readonly weight: number;
}

function elevate(feature: readonly number[]): number[] {
  const d = feature.length;
  const scaled = feature.map((f, i) => (f * Math.sqrt(2 / 3) * (d + 1)) / Math.sqrt((i + 1) * (i + 2)));
  const after = (j: number): number => scaled.slice(j).reduce((sum, c) => sum + c, 0);
  return [after(0), ...scaled.map((c, i) => after(i + 1) - (i + 1) * c)];
}

/** Corners of the simplex that holds a feature. */
function cornersOf(feature: readonly number[]): Corner[] {
  const d = feature.length;
  const elevated = elevate(feature);
  const quotients = elevated.map((e) => Math.round(e / (d + 1)));
  const sum = quotients.reduce((total, q) => total + q, 0);
  const rounded = quotients.map((q) => q * (d + 1));
  const distance = (i: number): number => elevated[i]! - rounded[i]!;
  const order = elevated.map((_, i) => i).sort((a, b) => distance(b) - distance(a) || a - b);
  const ranks = elevated.map((_, i) => order.indexOf(i) + sum);
  for (const [i, rank] of ranks.entries()) {
    const turn = rank < 0 ? d + 1 : rank > d ? -(d + 1) : 0;
    ranks[i]! += turn;
    rounded[i]! += turn;
  }
  const weights = new Array<number>(d + 2).fill(0);
  for (const [i, rank] of ranks.entries()) {
    const v = (elevated[i]! - rounded[i]!) / (d + 1);
    weights[d - rank]! += v;
    weights[d - rank + 1]! -= v;
  }
  weights[0]! += 1 + weights[d + 1]!;
  return Array.from({ length: d + 1 }, (_, m) => ({
    key: rounded.map((r, i) => r + (ranks[i]! <= d - m ? m : m - d - 1)).join(),
    weight: weights[m]!,
  }));
}

const neighbour = (key: string, axis: number, direction: number): string => {
  const coordinates = key.split(',').map(Number);
  return coordinates.map((c, i) => c + direction * (i === axis ? coordinates.length - 1 : -1)).join();
};

function blurAxis(values: ReadonlyMap<string, number>, axis: number): Map<string, number> {
  const at = (key: string): number => values.get(key) ?? 0;
  return new Map(
    [...values].map(([key, value]) => [key, value + (at(neighbour(key, axis, 1)) + at(neighbour(key, axis, -1))) / 2]),
  );
}

/** How many vertices the simplices of these features have together. */
export const countVertices = (features: readonly (readonly number[])[]): number =>
  new Set(features.flatMap((feature) => cornersOf(feature).map(({ key }) => key))).size;

/** Filters one channel. @param features of each pixel. */
export function filterPlainly(
  features: readonly (readonly number[])[],
  values: readonly number[],
  isTransposed = false,
): number[] {
  const d = features[0]!.length;
  const simplices = features.map(cornersOf);
  let lattice = new Map<string, number>();
  for (const [i, corners] of simplices.entries())
    for (const { key, weight } of corners) lattice.set(key, (lattice.get(key) ?? 0) + weight * values[i]!);
  const axes = Array.from({ length: d + 1 }, (_, axis) => axis);
  for (const axis of isTransposed ? axes.toReversed() : axes) lattice = blurAxis(lattice, axis);
  return simplices.map(
    (corners) => corners.reduce((sum, { key, weight }) => sum + weight * lattice.get(key)!, 0) / (1 + 2 ** -d),
  );
}
