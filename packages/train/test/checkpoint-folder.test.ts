import type { TrainingCheckpoint } from '@atrous/train';
import { openCheckpointFolder } from '@atrous/train/node';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atrous-checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const checkpoint = (step: number): TrainingCheckpoint => ({
  step,
  seed: 1,
  config: { batch: 8 },
  optimizer: 'sgd',
  weights: new Map([['w', { shape: [2], data: Float32Array.of(step, 0.1) }]]),
  slots: new Map([['momentum/w', { shape: [2], data: Float32Array.of(-step, 1e-30) }]]),
  average: undefined,
  evaluations: [{ step, meanIou: 0.5 }],
});

it('gives back the latest of what was saved and keeps the last few', async () => {
  const { save, latest } = await openCheckpointFolder(join(folder, 'new'), { keep: 2 });
  expect(await latest()).toBeUndefined();
  for (const step of [5, 10, 15]) await save(checkpoint(step));
  expect(await latest()).toEqual(checkpoint(15));
  expect(await readdir(join(folder, 'new'))).toEqual(['step-00000010.safetensors', 'step-00000015.safetensors']);
});

it('removes what a killed process left and nothing else', async () => {
  const left = '.step-00000005.safetensors-01234567-89ab-cdef-0123-456789abcdef.tmp';
  for (const name of [left, 'notes.txt']) await writeFile(join(folder, name), 'half');
  await openCheckpointFolder(folder);
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

it('says which file is damaged and what to do', async () => {
  const { save, latest } = await openCheckpointFolder(folder);
  await save(checkpoint(1));
  await writeFile(join(folder, 'step-00000002.safetensors'), 'half');
  await expect(latest()).rejects.toMatchObject({
    code: 'CHECKPOINT_FILE',
    message: expect.stringMatching(/step-00000002.safetensors cannot be read/) as string,
    hint: expect.stringMatching(/move it away/) as string,
  });
});

it('says why a folder cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(openCheckpointFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'CHECKPOINT_FILE' });
});
