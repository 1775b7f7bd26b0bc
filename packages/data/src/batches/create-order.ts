import { createRandom, type Random } from '@atrous/core';

function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * The order in which a data set is gone through: epoch after epoch, each a shuffle of all.
 *
 * @returns the index, 0 … `count − 1`, at a place, counted from 0 over all epochs.
 */
export function createOrder(count: number, seed: number): (place: number) => number {
  let last: { readonly epoch: number; readonly order: Int32Array } | undefined;
  return (place) => {
    const epoch = Math.floor(place / count);
    if (last?.epoch !== epoch) last = { epoch, order: shuffled(count, createRandom(seed, 'shuffle', epoch)) };
    return last.order[place % count]!;
  };
}
