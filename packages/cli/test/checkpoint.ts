import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parametersOf, sizeOf, type Tensor } from '@atrous/core';
import { buildModel, type Preset } from '@atrous/models';
import { writeSafetensors } from '@atrous/weights';
import { newFolder } from './image-zoo.ts';

/** A checkpoint of a preset, with another number of classes if given; small numbers that are never zero. */
export function writeCheckpoint({ model }: Preset, numClasses = model.config['numClasses'] ?? 21): string {
  const graph = buildModel({ name: model.name, config: { ...model.config, numClasses } });
  const tensors = new Map<string, Tensor>();
  for (const { name, shape } of parametersOf(graph).values())
    tensors.set(name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.01 + (i % 7) / 100) });
  const path = join(newFolder(), 'model.safetensors');
  writeFileSync(path, writeSafetensors(tensors));
  return path;
}
