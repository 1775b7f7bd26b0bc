import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../image-zoo.ts';

/** A network and a recipe that take a second for some steps. */
export const tinyConfig = {
  network: {
    name: 'deeplab-v3-plus',
    config: {
      backbone: { name: 'mobilenet-v2', depthMultiplier: 0.1 },
      head: { name: 'aspp', channels: 8, separable: true },
      decoder: { name: 'decoder', channels: 8, lowLevelChannels: 8, separable: true },
    },
  },
  data: { kind: 'street', count: 200, seed: 1, width: 64, height: 48 },
  validation: { kind: 'street', count: 2, seed: 2, width: 64, height: 48 },
  steps: 6,
  batchSize: 2,
  cropSize: [33, 33],
  evaluateEvery: 3,
  checkpointEvery: 2,
  schedule: { kind: 'poly', learningRate: 0.02 },
};

/** Writes the tiny configuration, with changes, into a new folder and returns its path. */
export function writeTinyConfig(changes: object = {}): string {
  const path = join(newFolder(), 'tiny.json');
  writeFileSync(path, JSON.stringify({ ...tinyConfig, ...changes }));
  return path;
}
