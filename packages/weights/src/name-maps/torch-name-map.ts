import type { NameMap } from '../name-map.ts';
import { layerAndRole, type Role } from './own-names.ts';

/** Modules of a PyTorch network that are one layer of ours: a convolution and the normalisation after it. */
export interface TorchModules {
  readonly conv: string;
  readonly norm?: string;
}

const TENSORS: Readonly<Record<Role, readonly [module: keyof TorchModules, tensor: string]>> = {
  weights: ['conv', 'weight'],
  biases: ['conv', 'bias'],
  gamma: ['norm', 'weight'],
  beta: ['norm', 'bias'],
  moving_mean: ['norm', 'running_mean'],
  moving_variance: ['norm', 'running_var'],
};

/** What {@link torchNameMap} needs to know of a family. */
export interface TorchFamily extends Pick<NameMap, 'name' | 'description'> {
  /** Modules that a layer may be, best first. */
  readonly modulesOf: (layer: string) => readonly TorchModules[];
  /** Tensors that are rightly unused, besides the counters of batch normalisation. */
  readonly ignored?: RegExp;
}

/** A name map of a PyTorch state dict, from the modules that its layers are. */
export const torchNameMap = ({ name, description, modulesOf, ignored }: TorchFamily): NameMap => ({
  name,
  description,
  layout: 'oihw',
  sourcesOf(param) {
    const found = layerAndRole(param);
    if (found === undefined) return [];
    const [module, tensor] = TENSORS[found.role];
    return modulesOf(found.layer).flatMap((modules) => {
      const path = modules[module];
      return path === undefined ? [] : [`${path}.${tensor}`];
    });
  },
  ignores: (source) => source.endsWith('.num_batches_tracked') || (ignored?.test(source) ?? false),
});

/** Index of a convolution in a sequence, followed by its normalisation. */
export const inSequence = (sequence: string, index: number): TorchModules => ({
  conv: `${sequence}.${index}`,
  norm: `${sequence}.${index + 1}`,
});

/** The first two modules of a sequence. */
export const pairIn = (sequence: string): TorchModules => inSequence(sequence, 0);
