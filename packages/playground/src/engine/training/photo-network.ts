import type { LongRunningOptions, Tensor, Weights } from '@atrous/core';
import type { TfjsRuntime, TrainableNetwork } from '@atrous/runtime-tfjs';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { splitGraph, type SplitGraph } from './split-graph.ts';
import type { StartNetwork } from './start-network.ts';

/** A network that is trained on a few photos, over and over. */
export interface PhotoNetwork {
  /** As the whole network, but what stays as it is was computed once for each photo. */
  readonly network: TrainableNetwork;
  /** Which of the photos the next run is for. */
  readonly turnTo: (index: number) => void;
}

/** What one of the photos gives the head, by input. */
type Features = Readonly<Record<string, Tensor>>;

/**
 * Puts a network on the device to have its head trained: a step costs a fraction of one of the whole network.
 *
 * @param images `[1, h, w, 3]` each, as the network gets them.
 * @param trained names of the parameters that change.
 * @throws as the runtime's `compile` and `trainable`.
 */
export async function createPhotoNetwork(
  runtime: TfjsRuntime,
  { graph, weights }: StartNetwork,
  images: readonly Tensor[],
  trained: ReadonlySet<string>,
  options: LongRunningOptions,
): Promise<PhotoNetwork> {
  const split = splitGraph(graph, trained);
  const features = await computeFeatures(runtime, split, weights, images, options);
  const head = await runtime.trainable(split.head, weights, options);
  let turn = 0;
  const network: TrainableNetwork = {
    ...head,
    graph,
    // The caller frees what it makes in a `tidy`, as it does the image.
    forward: (image, forwardOptions) => head.forward({ ...image, ...upload(features[turn] ?? {}) }, forwardOptions),
    withGraph: () => network,
    download: async () => new Map([...weights, ...(await head.download())]),
  };
  return { network, turnTo: (index) => (turn = index) };
}

async function computeFeatures(
  runtime: TfjsRuntime,
  { features }: SplitGraph,
  weights: Weights,
  images: readonly Tensor[],
  { signal, onProgress }: LongRunningOptions,
): Promise<readonly Features[]> {
  if (!features) return [];
  using network = await runtime.compile(features, weights, { signal });
  const computed: Features[] = [];
  for (const image of images) {
    onProgress?.({ phase: 'preprocess', completed: computed.length, total: images.length });
    computed.push(await network.run(image, { signal }));
  }
  return computed;
}

const upload = (features: Features): Record<string, Tensor4D> =>
  Object.fromEntries(
    // Backends may keep the array they are given.
    Object.entries(features).map(([name, { data, shape }]) => [
      name,
      tensor4d(data.slice(), shape as [number, number, number, number], 'float32'),
    ]),
  );
