import type { Batch } from '@atrous/train';

/**
 * Weights of classes by how much of them was painted: `median count / count`, so that a large background does not drown a small thing.
 * Classes that nobody painted weigh nothing.
 *
 * @see Eigen and Fergus 2015, "Predicting Depth, Surface Normals and Semantic Labels", §6.3.2, arXiv:1411.4734
 */
export function classWeights(batches: readonly Batch[], classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { labels } of batches) for (const id of labels.data) if (id < classes) counts[id] = (counts[id] ?? 0) + 1;
  const present = counts.filter((count) => count > 0).toSorted((a, b) => a - b);
  const median = present[Math.floor(present.length / 2)] ?? 0;
  return counts.map((count) => (count > 0 ? median / count : 0));
}
