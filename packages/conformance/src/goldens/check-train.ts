import { createRandom, inputsOf, type Runtime, type Tensor } from '@atrous/core';
import { generateTensor } from '@atrous/testing/golden';
import { importWeights } from '@atrous/weights';
import type { NetworkUnderTest } from '../networks/network-case.ts';
import { storedWeights, withFinalResize } from './check-network.ts';
import type { Skipped } from './golden-result.ts';
import { nchwToNhwc } from './nchw.ts';
import { compareGradients, compareLosses, compareStatistics, type Comparison } from './train-comparison.ts';
import { generateLabels, type TrainFile } from './train-file.ts';
import { runFirstStep, runTrainSteps, type TrainCall } from './train-steps.ts';
import { isTrainable } from './training-pass.ts';

/** How many images within rounding of the given one are tried. */
const ATTEMPTS = 8;

/** An image whose values differ by at most their last bit. */
function nudged({ shape, data }: Tensor, attempt: number): Tensor {
  const random = createRandom('nudge', attempt);
  return { shape, data: Float32Array.from(data, (value) => value * (1 + (random.integer(3) - 1) * 2 ** -23)) };
}

/**
 * Compares the gradients of the first step, if need be for images that float32 hardly tells from the given one.
 *
 * In float64 all rectifiers of a network are on one side of their bend. Behind fifty layers and the statistics of two values, float32 is off
 * by 1e-5, and where an input of the last rectifiers is smaller than that, it is chance which side it is on; one of the wrong side turns all
 * gradients before it by a hundredth, ten times what the files allow. Everything else that is wrong stays so for every image.
 */
async function checkFirstGradients(
  first: ReadonlyMap<string, Tensor>,
  call: TrainCall,
  comparison: Comparison,
): Promise<string> {
  let gradients = first;
  for (let attempt = 1; ; attempt++)
    try {
      const closeness = compareGradients(gradients, comparison).describe();
      return attempt === 1 ? closeness : `${closeness} (image ${attempt} of those within rounding)`;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      ({ gradients } = await runFirstStep({ ...call, image: nudged(call.image, attempt) }));
    }
}

/**
 * Trains a network for a few steps as a `networks/train_*.json` describes, and compares losses, gradients and moving statistics.
 *
 * @param manifest content of the file's manifest.
 * @returns how close they are, for people.
 * @throws Error that names the first thing that differs by more than the file allows.
 */
export async function checkTraining(
  runtime: Runtime,
  under: NetworkUnderTest,
  file: TrainFile,
  manifest: string,
): Promise<string | Skipped> {
  if (!isTrainable(runtime)) return { skip: `the runtime "${runtime.name}" does not train` };
  const graph = withFinalResize(under);
  const { weights, report } = importWeights(graph, storedWeights(manifest, file.seed_prefix), under.nameMap);
  const parameterOf = new Map(report.matched.map(({ param, source }) => [source, param]));
  const network = await runtime.trainable(graph, weights, { ops: under.ops });
  const call: TrainCall = {
    ...{ network, file },
    input: inputsOf(graph)[0]?.name as string,
    image: nchwToNhwc(generateTensor({ ...file.input, offset: 0, scale: 1 }, file.seed_prefix)),
    labels: generateLabels(file),
    trainable: new Set(file.gradients.map(({ name }) => parameterOf.get(name) ?? name)),
  };
  const comparison = { file, graph, parameterOf };
  try {
    const { statistics, gradients } = await network.use(async () => {
      const first = await runFirstStep(call);
      return {
        statistics: compareStatistics(first.moved, comparison).describe(),
        gradients: await checkFirstGradients(first.gradients, call, comparison),
      };
    });
    const losses = compareLosses(await runTrainSteps(call), comparison).describe();
    return `losses ${losses}, gradients ${gradients}, statistics ${statistics}`;
  } finally {
    network.dispose();
  }
}
