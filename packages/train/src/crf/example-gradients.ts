import type { Compatibility } from '@atrous/crf';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { tensor3d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { lossWithGradients } from '../losses/loss-terms.ts';
import type { Loss } from '../losses/loss.ts';
import type { CrfExample, TrainCrfOptions } from './train-crf-options.ts';
import { unrollMeanField } from './unroll-mean-field.ts';

/** What does not change from step to step. */
export interface CrfPlan extends Pick<TrainCrfOptions, 'engine' | 'kernels' | 'signal'> {
  readonly runtime: TfjsRuntime;
  readonly classes: number;
  readonly iterations: number;
  readonly loss: Loss;
}

/** What examples say about weights. */
export interface CrfGradients {
  readonly loss: number;
  /** By the numbers of each kernel's weight. */
  readonly gradients: readonly Float64Array[];
}

/** Loss, and its gradient by logits. */
function differentiate({ runtime, loss, classes, signal }: CrfPlan, example: CrfExample, logits: Float32Array) {
  const { width, height } = example.image;
  return runtime.use(async () => {
    const { value, gradient } = tidy(() => {
      const scores = tensor4d(logits, [1, height, width, classes]);
      const truth = tensor3d(Int32Array.from(example.labels), [1, height, width], 'int32');
      const { value, gradients } = lossWithGradients(
        [{ output: 'logits', loss, weight: 1 }],
        { logits: scores },
        truth,
      );
      return { value, gradient: gradients.logits! };
    });
    try {
      return { value: (await value.data())[0]!, gradient: ((await gradient.data()) as Float32Array).slice() };
    } finally {
      value.dispose();
      gradient.dispose();
    }
  }, signal);
}

async function ofOneExample(
  plan: CrfPlan,
  compatibilities: readonly Compatibility[],
  example: CrfExample,
): Promise<CrfGradients> {
  const { engine, kernels, classes, iterations, signal } = plan;
  const { image, unary } = example;
  using field = await engine.prepare({ width: image.width, height: image.height, image, kernels }, { signal });
  const unrolled = await unrollMeanField({ field, labels: classes, unary, compatibilities, iterations, signal });
  const { value, gradient } = await differentiate(plan, example, unrolled.logits);
  return { loss: value, gradients: await unrolled.backward(gradient) };
}

/** Loss and gradients, averaged over examples. */
export async function exampleGradients(
  plan: CrfPlan,
  compatibilities: readonly Compatibility[],
  examples: readonly CrfExample[],
): Promise<CrfGradients> {
  const all: CrfGradients[] = [];
  for (const example of examples) all.push(await ofOneExample(plan, compatibilities, example));
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / all.length;
  return {
    loss: mean(all.map(({ loss }) => loss)),
    gradients: all[0]!.gradients.map((first, k) =>
      first.map((_, i) => mean(all.map(({ gradients }) => gradients[k]![i]!))),
    ),
  };
}
