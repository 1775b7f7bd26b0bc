import { createGraphBuilder, createRandom, type Graph, type LabelMap } from '@atrous/core';
import {
  atLabelSize,
  createEvaluator,
  crossEntropy,
  initialWeights,
  poly,
  sgd,
  train,
  type Batch,
  type BatchSource,
  type EvaluationSource,
  type TrainOptions,
  type TrainResult,
} from '@atrous/train';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';

export const labels: LabelMap = {
  name: 'shapes',
  classes: ['ground', 'box', 'stripe'].map((name, id) => ({ id, name, color: [id, id, id] })),
  ignoreLabel: 255,
};

const SIZE = 17;

/** Ground, a bright box and a red stripe, with noise. One pixel is ignored. */
function picture(index: number): { readonly image: Float32Array; readonly mask: Int32Array } {
  const random = createRandom('picture', index);
  const [top, left, stripe] = [random.integer(8), random.integer(8), random.integer(SIZE - 3)];
  const mask = new Int32Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) {
      const isBox = y >= top && y < top + 8 && x >= left && x < left + 8;
      mask[y * SIZE + x] = x >= stripe && x < stripe + 4 ? 2 : isBox ? 1 : 0;
    }
  const colors = [
    [-0.5, -0.5, -0.5],
    [1, 1, 1],
    [1, -1, -1],
  ] as const;
  const image = Float32Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const color = colors[mask[Math.floor(i / 3)]!]!;
    return color[i % 3]! + random.uniform(-0.2, 0.2);
  });
  mask[0] = 255;
  return { image, mask };
}

function batchOf(indices: readonly number[]): Batch {
  const pictures = indices.map(picture);
  const shape = [indices.length, SIZE, SIZE] as const;
  return {
    images: { shape: [...shape, 3], data: Float32Array.from(pictures.flatMap(({ image }) => [...image])) },
    labels: { shape, data: Int32Array.from(pictures.flatMap(({ mask }) => [...mask])) },
  };
}

/** Four of eight pictures at each step. */
export const batches: BatchSource = {
  labels,
  stepsPerEpoch: 2,
  async batch(step) {
    const random = createRandom(3, 'batch', step);
    return batchOf([0, 1, 2, 3].map(() => random.integer(8)));
  },
};

export const pictures: EvaluationSource = { labels, count: 8, batch: async (index) => batchOf([index]) };

/** Atrous and depthwise convolutions, batch normalisations and dropout at output stride 2, with a branch for deep supervision. */
export function tinyNetwork(): Graph {
  const b = createGraphBuilder({ outputStride: 2 });
  const image = b.input();
  const block = (name: string, x: ReturnType<typeof b.conv2d>) =>
    b.activation(b.batchNorm(x, { name: `${name}/norm`, momentum: 0.9 }), 'relu');
  const c1 = block('stem', b.conv2d(image, { name: 'stem', filters: 8, kernel: 3, stride: 2, nominal: true }));
  const depthwise = block(
    'depthwise',
    b.depthwiseConv2d(c1, { name: 'depthwise', kernel: 3, stride: 2, nominal: true }),
  );
  const c2 = block('atrous', b.conv2d(depthwise, { name: 'atrous', filters: 8, kernel: 3, nominal: true }));
  const context = b.resizeBilinear(b.dropout(c2, { name: 'dropout', rate: 0.1 }), {
    corners: 'alignCorners',
    like: c1,
  });
  const mixed = b.concat([c1, context]);
  const logits = b.conv2d(mixed, { name: 'classifier', filters: 3, kernel: 3, useBias: true });
  const side = b.conv2d(c1, { name: 'side', filters: 3, kernel: 1, useBias: true });
  return b.build({ logits: b.resizeBilinear(logits, { corners: 'alignCorners', like: image }), side });
}

const STEPS = 32;

/** A short run of the tiny network. */
export async function tinyRun(runtime: TfjsRuntime, options: Partial<TrainOptions> = {}): Promise<TrainResult> {
  const graph = tinyNetwork();
  using network = await runtime.trainable(graph, initialWeights(graph, { seed: 1 }));
  const steps = options.steps ?? STEPS;
  return await train({
    network,
    batches,
    loss: [{ loss: crossEntropy() }, { output: 'side', loss: atLabelSize(crossEntropy()), weight: 0.4 }],
    optimizer: sgd({ momentum: 0.9, weightDecay: 1e-4 }),
    schedule: poly({ base: 0.4, steps }),
    steps,
    evaluate: { every: steps, run: createEvaluator({ images: pictures }) },
    ...options,
  });
}
