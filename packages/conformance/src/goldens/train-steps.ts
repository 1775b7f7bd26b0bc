import { removeDropout, type Graph, type LabelMap, type Tensor } from '@atrous/core';
import type { ForwardPass, TrainableNetwork } from '@atrous/runtime-tfjs';
import { crossEntropy, moveStatistics, sgd, train } from '@atrous/train';
import { dispose, tensor3d, tidy, valueAndGrad } from '@tensorflow/tfjs';
import type { Tensor as DeviceTensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { TrainFile } from './train-file.ts';
import { take, takeAll, upload } from './training-pass.ts';

/** PyTorch's default: a tenth of the new statistics. */
const DECAY = 0.9;

/** What the first step is made of, in host memory. */
export interface FirstStep {
  /** By parameter name. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** Moving statistics after the forward pass, by parameter name. */
  readonly moved: ReadonlyMap<string, Tensor>;
}

/** What the steps of one file share. */
export interface TrainCall {
  readonly network: TrainableNetwork;
  readonly file: TrainFile;
  /** Name of the input. */
  readonly input: string;
  /** `[n, h, w, 3]`. */
  readonly image: Tensor;
  /** `[n, h, w]`. */
  readonly labels: Tensor;
  /** Names of the parameters that are trained. */
  readonly trainable: ReadonlySet<string>;
}

const batchNorms = (graph: Graph) => graph.nodes.filter((node) => node.kind === 'batchNorm');

/** Moving statistics after a pass. The caller owns them. */
function moveAll({ graph, parameters }: TrainableNetwork, { statistics }: ForwardPass): Map<string, DeviceTensor> {
  const moved = new Map<string, DeviceTensor>();
  for (const { name, params } of batchNorms(graph)) {
    const [meanName, varianceName] = [params['movingMean']?.name as string, params['movingVariance']?.name as string];
    const old = { mean: parameters.get(meanName) as Tensor1D, variance: parameters.get(varianceName) as Tensor1D };
    const { mean, variance, count } = statistics.get(name) ?? { ...old, count: 1 };
    const now = { mean: mean as Tensor1D, variance: variance as Tensor1D, count };
    const next = tidy(() => ({ ...moveStatistics(old, now, { decay: DECAY, divisor: 'n-1' }) }));
    moved.set(meanName, next.mean).set(varianceName, next.variance);
  }
  return moved;
}

/** One step: loss, gradients of the trained parameters and moved statistics, all owned by the caller. */
async function step({ network, input, image, labels, trainable }: TrainCall) {
  const loss = crossEntropy();
  const [x, truth] = [upload(image), tensor3d(labels.data, labels.shape as [number, number, number], 'int32')];
  const batchStatistics = new Set(batchNorms(network.graph).map(({ name }) => name));
  const pass = network.forward({ [input]: x }, { trainable, batchStatistics });
  const { value, grad } = valueAndGrad((logits) => loss(logits as Tensor4D, truth))(pass.outputs['final'] as Tensor4D);
  const gradients = pass.backward({ final: grad as Tensor4D });
  const moved = moveAll(network, pass);
  pass.dispose();
  dispose([x, truth, grad]);
  const [number = NaN] = (await take(value)).data;
  return { loss: number, gradients, moved };
}

/** One forward pass and the way back, changing nothing. Inside `use` only. */
export async function runFirstStep(call: TrainCall): Promise<FirstStep> {
  const { gradients, moved } = await step(call);
  return { gradients: await takeAll(gradients), moved: await takeAll(moved) };
}

/** Class ids as a label map; nobody sees names and colours. */
const labelMap = (classes: number): LabelMap => ({
  name: 'golden',
  classes: Array.from({ length: classes }, (_, id) => ({ id, name: String(id), color: [0, 0, 0] })),
  ignoreLabel: 255,
});

/**
 * As many steps of SGD as a file has losses, by the loop that people train with: batch statistics everywhere and no dropout.
 *
 * @returns the loss before each step.
 */
export async function runTrainSteps({
  network,
  file,
  image,
  labels,
  trainable,
}: TrainCall): Promise<readonly number[]> {
  const { lr, momentum, weight_decay: weightDecay } = file.optimizer;
  const losses: number[] = [];
  await train({
    network: network.withGraph(removeDropout(network.graph)),
    batches: { labels: labelMap(file.labels.classes), batch: async () => ({ images: image, labels }) },
    loss: [{ output: 'final', loss: crossEntropy() }],
    optimizer: sgd({ momentum, weightDecay }),
    decayed: 'all',
    freeze: ({ name }) => !trainable.has(name),
    batchNorm: { decay: DECAY },
    schedule: () => lr,
    steps: file.losses.length,
    onStep: ({ loss }) => losses.push(loss),
  });
  return losses;
}
