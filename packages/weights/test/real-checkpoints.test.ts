import { UnsupportedError } from '@atrous/core';
import { dataFolder } from '@atrous/testing';
import { readSafetensors, writeSafetensors, type StoredTensor } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Summary {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly sum: number;
  readonly abs_sum: number;
  readonly first: readonly number[];
}

type Manifest = Readonly<Record<string, Summary>>;

const root = dataFolder() ?? '';
const readManifest = (path: string): Manifest => {
  const content = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest & { readonly tensors?: Manifest };
  return content.tensors ?? content;
};

/** Manifests have nine significant digits; sums were taken in double precision, in another order. */
const close = (actual: number, expected: number, scale: number): boolean => Math.abs(actual - expected) <= 1e-7 * scale;

function expectSummary(name: string, { dtype, shape, data }: StoredTensor, expected: Summary): void {
  const values = Array.from(data as Float32Array, Number);
  expect({ name, dtype, shape }).toEqual({ name, dtype: expected.dtype, shape: expected.shape });
  const sum = values.reduce((total, value) => total + value, 0);
  const absolute = values.reduce((total, value) => total + Math.abs(value), 0);
  expect(close(sum, expected.sum, Math.max(expected.abs_sum, 1e-12)), `${name}: sum ${sum}, not ${expected.sum}`).toBe(
    true,
  );
  expect(close(absolute, expected.abs_sum, Math.max(expected.abs_sum, 1e-12)), `${name}: magnitudes ${absolute}`).toBe(
    true,
  );
  expected.first.forEach((value, i) =>
    expect(close(values[i] ?? NaN, value, Math.abs(value)), `${name}[${i}]: ${values[i]}, not ${value}`).toBe(true),
  );
}

describe.skipIf(root === '')('real checkpoints', () => {
  it.each([
    ['deeplabv3-mnv2-voc-npy/weights', 'deeplabv3-mnv2-voc-npy/manifest.json', 110],
    ['mobilenetv2-imagenet-bn-npy/weights', 'mobilenetv2-imagenet-bn-npy/manifest.json', 265],
    ['deeplabv3-mnv2-dm05-portrait/repacked/portrait.npz', 'deeplabv3-mnv2-dm05-portrait/manifest.json', 272],
    ['deeplabv3-mnv2-dm05-portrait/repacked/portrait.safetensors', 'deeplabv3-mnv2-dm05-portrait/manifest.json', 272],
    [
      'deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite',
      'deeplabv3-mnv2-dm05-voc-257/manifest_tflite.json',
      undefined,
    ],
  ])('reads %s', async (path, manifestPath, count) => {
    const manifest = readManifest(manifestPath);
    const { tensors } = await openCheckpoint(join(root, path));
    expect([...tensors.keys()].toSorted()).toEqual(Object.keys(manifest).toSorted());
    if (count !== undefined) expect(tensors.size).toBe(count);
    for (const [name, tensor] of tensors) expectSummary(name, tensor, manifest[name] as Summary);
  });

  it('writes real tensors to safetensors and reads the same', async () => {
    const { tensors } = await openCheckpoint(join(root, 'deeplabv3-mnv2-dm05-portrait/repacked/portrait.npz'));
    const again = readSafetensors(writeSafetensors(tensors)).tensors;
    expect(again.size).toBe(272);
    for (const [name, tensor] of tensors) expect(again.get(name)).toEqual(tensor);
  });

  it('refuses a quantised model and a PyTorch checkpoint', async () => {
    for (const path of [
      'deeplabv3-mnv2-voc-uint8/deeplabv3_mnv2_pascal_quant.tflite',
      'deeplabv3-mnv2-dm05-portrait/repacked/portrait_zip.pth',
      'deeplabv3-mnv2-dm05-portrait/repacked/portrait_legacy.pth',
      'deeplabv3-mnv2-dm05-portrait/repacked/portrait.h5',
    ])
      await expect(openCheckpoint(join(root, path))).rejects.toThrow(UnsupportedError);
  });
});
