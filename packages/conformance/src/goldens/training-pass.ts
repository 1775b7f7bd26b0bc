import type { Graph, Runtime, Tensor, Weights } from '@atrous/core';
import type { ForwardOptions, Shape4D, TfjsRuntime } from '@atrous/runtime-tfjs';
import { dispose, tensor, type Rank, type Tensor as DeviceTensor, type Tensor4D } from '@tensorflow/tfjs-core';

/** A network, what goes in, and the gradient that its output `y` is given. */
export interface TrainingPassCall {
  readonly graph: Graph;
  readonly weights: Weights;
  /** Of the input called `image`. */
  readonly image: Tensor;
  readonly outputGradient: Tensor;
  readonly options?: ForwardOptions;
}

/** What a pass led to, in host memory. */
export interface TrainingPassResult {
  readonly y: Tensor;
  /** By name of the parameter, or `image`. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** By name of the batch normalisation. */
  readonly statistics: ReadonlyMap<string, { readonly mean: Tensor; readonly variance: Tensor }>;
}

/** Whether a runtime can train. */
export const isTrainable = (runtime: Runtime): runtime is TfjsRuntime => 'trainable' in runtime;

/** A host tensor on the current backend. */
export const upload = ({ shape, data }: Tensor): Tensor4D => tensor<Rank.R4>(data, [...shape] as Shape4D);

/** Reads a tensor and frees it. */
export async function take(deviceTensor: DeviceTensor): Promise<Tensor> {
  const data = Float32Array.from((await deviceTensor.data()) as Float32Array);
  deviceTensor.dispose();
  return { shape: deviceTensor.shape, data };
}

/** Reads tensors, all at once, and frees them. */
export async function takeAll(
  tensors: Iterable<readonly [string, DeviceTensor]>,
): Promise<ReadonlyMap<string, Tensor>> {
  return new Map(
    await Promise.all([...tensors].map(async ([name, deviceTensor]) => [name, await take(deviceTensor)] as const)),
  );
}

/** Runs a network forwards and back. Gradients of the image and of all parameters, unless the options say otherwise. */
export async function runTrainingPass(runtime: TfjsRuntime, call: TrainingPassCall): Promise<TrainingPassResult> {
  const network = await runtime.trainable(call.graph, call.weights);
  try {
    return await network.use(async () => {
      const [image, dy] = [upload(call.image), upload(call.outputGradient)];
      const trainable = new Set(['image', ...network.parameters.keys()]);
      const pass = network.forward({ image }, { trainable, ...call.options });
      const gradients = await takeAll(pass.backward({ y: dy }));
      const statistics = new Map<string, { mean: Tensor; variance: Tensor }>();
      for (const [name, { mean, variance }] of pass.statistics)
        statistics.set(name, { mean: await take(mean.clone()), variance: await take(variance.clone()) });
      const y = await take((pass.outputs['y'] as Tensor4D).clone());
      pass.dispose();
      dispose([image, dy]);
      return { y, gradients, statistics };
    });
  } finally {
    network.dispose();
  }
}
