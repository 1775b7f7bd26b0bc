import type { Runtime } from '@atrous/core';
import { streetDataset } from '@atrous/data';
import { cpu } from '@atrous/runtime-tfjs/cpu';
import { createSegmenter } from '@atrous/segmenter';
import { streetBundle } from '@atrous/street';

/** Training drew from seed 1, its validation from 2. */
export const UNSEEN = 3;

async function labelsOn(runtime: Runtime, index: number): Promise<ArrayLike<number>> {
  using segmenter = await createSegmenter({ bundle: await streetBundle(), runtime });
  const { image } = await streetDataset({ seed: UNSEEN, count: index + 1 }).samples[index]!.open();
  return (await segmenter.segment(image)).labels;
}

/** Part of the pixels of an unseen street that a runtime gives the same class as plain JavaScript does, 0 … 1. */
export async function labelsAlike(runtime: Runtime, index = 0): Promise<number> {
  const [here, there] = [await labelsOn(cpu(), index), await labelsOn(runtime, index)];
  return Array.from(here).filter((id, i) => id === there[i]).length / here.length;
}
