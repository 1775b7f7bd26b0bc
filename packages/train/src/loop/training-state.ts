import type { TrainableNetwork } from '@atrous/runtime-tfjs';
import { add, mul, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { TrainingCheckpoint } from '../checkpoint/training-checkpoint.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { ParameterFactors } from '../optimizers/parameter-groups.ts';
import type { TrainedParameter } from '../parameters.ts';
import { uploadAll } from './tensors.ts';

/** What a run keeps on the device besides the network's parameters. */
export interface TrainingState {
  /** `slot/parameter`. */
  readonly slots: Map<string, Tensor>;
  /** By parameter name; without an average, undefined. */
  readonly average: Map<string, Tensor> | undefined;
}

/** A parameter and how it is treated. */
export type FactoredParameter = TrainedParameter & { readonly factors: ParameterFactors };

/** Parameters on the device: a network's, or others. */
export type DeviceParameters = Pick<TrainableNetwork, 'parameters' | 'assign'>;

/** What steps need to know of a parameter. */
export type SteppingParameter = Pick<FactoredParameter, 'name' | 'shape' | 'factors'>;

/** Zeros for everything that an optimiser keeps. */
export const freshSlots = (
  trained: readonly Pick<TrainedParameter, 'name' | 'shape'>[],
  { slots }: Optimizer,
): Map<string, Tensor> =>
  new Map(
    trained.flatMap(({ name, shape }) => slots.map((slot) => [slotName(slot, name), zeros([...shape])] as const)),
  );

const slotName = (slot: string, parameter: string): string => `${slot}/${parameter}`;

/** The state before the first step. Runs inside {@link TrainableNetwork.use}. */
export const freshState = (
  network: TrainableNetwork,
  trained: readonly TrainedParameter[],
  optimizer: Optimizer,
  hasAverage: boolean,
): TrainingState => ({
  slots: freshSlots(trained, optimizer),
  average: hasAverage ? new Map([...network.parameters].map(([name, value]) => [name, value.clone()])) : undefined,
});

/** The state of a checkpoint; the network gets its weights. Runs inside {@link TrainableNetwork.use}. */
export function restoredState(
  network: TrainableNetwork,
  { weights, slots, average }: Pick<TrainingCheckpoint, 'weights' | 'slots' | 'average'>,
): TrainingState {
  network.assign(uploadAll(weights));
  // files have an order of their own
  const inOrder = average && new Map([...network.parameters.keys()].map((name) => [name, average.get(name)!] as const));
  return { slots: uploadAll(slots), average: inOrder && uploadAll(inOrder) };
}

/** One step of the optimiser. Disposes each gradient once it has been used. Runs inside {@link TrainableNetwork.use}. */
export function stepParameters(
  {
    network,
    optimizer,
    state,
  }: { network: DeviceParameters; optimizer: Optimizer; state: Pick<TrainingState, 'slots'> },
  trained: readonly SteppingParameter[],
  gradients: Map<string, Tensor>,
  { step, rate }: { readonly step: number; readonly rate: number },
): void {
  for (const { name, factors } of trained) {
    const names = optimizer.slots.map((slot) => slotName(slot, name));
    const gradient = gradients.get(name)!;
    const [value, ...slots] = tidy(() => {
      const stepped = optimizer.update({
        value: network.parameters.get(name)!,
        gradient,
        slots: names.map((slot) => state.slots.get(slot)!),
        rate: rate * factors.rate,
        decay: factors.decay,
        step,
      });
      return [stepped.value, ...stepped.slots];
    });
    network.assign(new Map([[name, value]]));
    gradient.dispose();
    gradients.delete(name);
    for (const [i, slot] of names.entries()) {
      state.slots.get(slot)?.dispose();
      state.slots.set(slot, slots[i]!);
    }
  }
}

/** Moves the average towards the parameters. Runs inside {@link TrainableNetwork.use}. */
export function moveAverage(network: TrainableNetwork, average: Map<string, Tensor>, decay: number): void {
  for (const [name, value] of network.parameters) {
    const old = average.get(name)!;
    average.set(
      name,
      tidy(() => add(mul(old, decay), mul(value, 1 - decay))),
    );
    old.dispose();
  }
}

/** Does `work` while the network has other parameters, and gives it back its own. */
export async function withParameters<T>(
  network: TrainableNetwork,
  values: ReadonlyMap<string, Tensor> | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!values) return work();
  const copies = (all: ReadonlyMap<string, Tensor>): Map<string, Tensor> =>
    new Map([...all].map(([name, value]) => [name, value.clone()]));
  const own = await network.use(async () => {
    const kept = copies(network.parameters);
    network.assign(copies(values));
    return kept;
  });
  try {
    return await work();
  } finally {
    await network.use(async () => network.assign(own));
  }
}
