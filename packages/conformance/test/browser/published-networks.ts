import { inputsOf, tensor, type Runtime, type Tensor } from '@atrous/core';
import { buildModel, presets } from '@atrous/models';
import { detectNameMap, importWeights, nameMaps, readNpy, type Checkpoint } from '@atrous/weights';
import { describe, expect, inject, it } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path, or empty when the folder is absent. */
    readonly dataFolder: string;
  }
}

/** A published network, a picture, and what the network's authors' own runtime says to it. */
export interface PublishedCase {
  readonly title: string;
  readonly preset: string;
  readonly checkpoint: () => Promise<Checkpoint>;
  /** `[1, h, w, 3]`, as the network wants it. */
  readonly image: () => Promise<Tensor>;
  /** A `.npy` file of logits `[h, w, classes]`. */
  readonly logits: string;
}

/** Bytes of a file below the folder of real checkpoints and images. */
export async function dataFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/@fs${inject('dataFolder')}/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Runs published networks on a runtime.
 *
 * @param tolerance largest allowed difference of a logit; logits reach ±34.
 */
export function testPublishedNetworks(runtime: Runtime, cases: readonly PublishedCase[], tolerance: number): void {
  describe.skipIf(inject('dataFolder') === '')(`published networks on "${runtime.name}"`, () => {
    for (const publishedCase of cases)
      it(`${publishedCase.title}: logits as published`, { timeout: 600_000 }, async () => {
        const expected = readNpy(await dataFile(publishedCase.logits));
        const actual = await logitsOf(runtime, publishedCase);
        expect(actual.shape.slice(1)).toEqual(expected.shape);
        const largest = largestDifference(actual.data, expected.data as Float32Array);
        const labels = equalLabels(actual.data, expected.data as Float32Array, expected.shape[2] ?? 1);
        const measured = `largest difference ${largest.toExponential(1)}, ${(100 * labels).toFixed(2)} % of labels equal`;
        console.info(`${runtime.name}, ${publishedCase.title}: ${measured}`);
        expect(largest).toBeLessThan(tolerance);
        expect(labels).toBeGreaterThanOrEqual(0.999);
      });
  });
}

async function logitsOf(runtime: Runtime, { preset: name, checkpoint, image }: PublishedCase): Promise<Tensor> {
  const preset = presets.find((candidate) => candidate.name === name);
  if (!preset) throw new Error(`no preset "${name}"`);
  const graph = buildModel(preset.model);
  expect(inputsOf(graph)).toHaveLength(1);
  const stored = await checkpoint();
  const { weights } = importWeights(graph, stored, detectNameMap(graph, stored, nameMaps));
  const executable = await runtime.compile(graph, weights);
  try {
    const { logits } = await executable.run(await image());
    return logits as Tensor;
  } finally {
    executable.dispose();
  }
}

function largestDifference(actual: Float32Array | Int32Array, expected: Float32Array): number {
  let largest = 0;
  expected.forEach((value, i) => {
    const difference = Math.abs((actual[i] ?? NaN) - value);
    if (!(difference <= largest)) largest = difference;
  });
  return largest;
}

/** Part of the positions whose largest logit is of the same class, 0 … 1. */
function equalLabels(actual: Float32Array | Int32Array, expected: Float32Array, classes: number): number {
  const labelAt = (logits: Float32Array | Int32Array, position: number): number => {
    const scores = logits.subarray(position * classes, (position + 1) * classes);
    return scores.indexOf(Math.max(...scores));
  };
  const positions = Array.from({ length: expected.length / classes }, (_, position) => position);
  return positions.filter((at) => labelAt(actual, at) === labelAt(expected, at)).length / positions.length;
}

/**
 * A picture as the browser decodes it, at the top left of a canvas of middle grey.
 *
 * @returns `[1, side, side, 3]`, −1 … 1.
 */
export async function pictureOnCanvas(path: string, side: number): Promise<Tensor> {
  const bitmap = await createImageBitmap(new Blob([await dataFile(path)]), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext(
    '2d',
  ) as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const values = new Float32Array(side * side * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 3; channel += 1)
        values[(y * side + x) * 3 + channel] = (data[(y * width + x) * 4 + channel] as number) / 127.5 - 1;
  return tensor(values, [1, side, side, 3]);
}
