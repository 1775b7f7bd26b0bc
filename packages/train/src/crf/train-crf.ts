import type { Compatibility } from '@atrous/crf';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { loadGradients } from '../loop/load-gradients.ts';
import { checkLoss, createLabelWatch } from '../loop/stop-early.ts';
import { disposeAll, downloadAll, uploadAll } from '../loop/tensors.ts';
import { freshSlots, stepParameters } from '../loop/training-state.ts';
import { crossEntropy } from '../losses/cross-entropy.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { checkExamples, checkTrainCrf } from './check-examples.ts';
import { numbersOf, withNumbers } from './crf-weights.ts';
import { exampleGradients } from './example-gradients.ts';
import type { TrainCrfOptions, TrainCrfResult } from './train-crf-options.ts';

/**
 * Learns the weights of a CRF's kernels from labelled pictures: the gradient goes back through every step of mean field.
 *
 * Filters run on the CRF's engine, loss and optimiser, which are small, on TensorFlow.js in plain JavaScript. Lattices are built anew for
 * each example, so that memory is that of one picture.
 *
 * @throws ShapeError, DataError for options and examples that do not fit, TrainingError `LOSS_NOT_FINITE` when it diverges.
 * @see Zheng et al. 2015, "Conditional Random Fields as Recurrent Neural Networks", arXiv:1502.03240
 * @see Krähenbühl and Koltun 2013, "Parameter Learning and Convergent Inference for Dense Random Fields", §4
 */
export async function trainCrf(options: TrainCrfOptions): Promise<TrainCrfResult> {
  checkTrainCrf(options);
  const { examples, kernels, engine, optimizer, schedule, steps, signal } = options;
  const { labels } = examples;
  const { iterations = 5, loss = crossEntropy({ ignoreLabel: labels.ignoreLabel }) } = options;
  await loadGradients();
  const runtime = (await import('@atrous/runtime-tfjs/cpu')).cpu();
  const classes = labels.classes.length;
  const plan = { runtime, engine, kernels, signal, classes, iterations, loss };
  const watchLabels = createLabelWatch();
  using weights = await createWeights(runtime, { optimizer, classes, initial: kernels.map(({ weight }) => weight) });
  let last = 0;
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    const batch = await examples.batch(step, { signal });
    watchLabels(checkExamples(batch, labels));
    const { loss: value, gradients } = await exampleGradients(plan, weights.current(), batch);
    checkLoss(value, Math.hypot(...gradients.flatMap((gradient) => [...gradient])), step + 1);
    const rate = schedule(step);
    await weights.move(gradients, { step, rate });
    last = value;
    options.onStep?.({ step: step + 1, loss: value, rate, gradientNorm: undefined });
    options.onProgress?.({ phase: 'train', completed: step + 1, total: steps });
  }
  const learnt = weights.current();
  return { kernels: kernels.map((kernel, k) => ({ ...kernel, weight: learnt[k]! })), loss: last };
}

/** What weights are made of. */
interface WeightParts {
  readonly optimizer: Optimizer;
  readonly classes: number;
  readonly initial: readonly Compatibility[];
}

/** Weights that an optimiser moves. */
async function createWeights(runtime: TfjsRuntime, { optimizer, classes, initial }: WeightParts) {
  const trained = initial.map((weight, k) => ({
    name: `${k}`,
    shape: numbersOf(weight, classes).shape,
    factors: { rate: 1, decay: 1 },
  }));
  const onHost = new Map(
    initial.map((weight, k) => {
      const { numbers, shape } = numbersOf(weight, classes);
      return [`${k}`, { data: numbers, shape }];
    }),
  );
  const { parameters, slots } = await runtime.use(async () => ({
    parameters: uploadAll(onHost),
    slots: freshSlots(trained, optimizer),
  }));
  const assign = (values: ReadonlyMap<string, Tensor>): void => {
    for (const [name, value] of values) {
      parameters.get(name)?.dispose();
      parameters.set(name, value);
    }
  };
  let current = initial;
  return {
    current: (): readonly Compatibility[] => current,
    move: (gradients: readonly Float64Array[], at: { readonly step: number; readonly rate: number }): Promise<void> =>
      runtime.use(async () => {
        const onDevice = new Map(
          gradients.map((gradient, k) => [`${k}`, tensor(Float32Array.from(gradient), [...trained[k]!.shape])]),
        );
        stepParameters({ network: { parameters, assign }, optimizer, state: { slots } }, trained, onDevice, at);
        const downloaded = await downloadAll(parameters);
        current = initial.map((weight, k) => withNumbers(weight, downloaded.get(`${k}`)!.data as Float32Array));
      }),
    [Symbol.dispose](): void {
      disposeAll(parameters);
      disposeAll(slots);
    },
  };
}
