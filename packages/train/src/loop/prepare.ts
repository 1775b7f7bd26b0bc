import { inputsOf, keepOutputs, ShapeError, type Graph } from '@atrous/core';
import type { TrainingCheckpoint } from '../checkpoint/training-checkpoint.ts';
import { termsOf } from '../losses/loss-terms.ts';
import { factorsOf } from '../optimizers/parameter-groups.ts';
import { trainedParameters } from '../parameters.ts';
import type { GradientPlan } from './batch-gradients.ts';
import { movingNodes } from './moving-statistics.ts';
import type { TrainOptions } from './train-options.ts';
import { TrainingError } from './training-error.ts';
import type { FactoredParameter } from './training-state.ts';

/** Options that must be whole numbers of at least 1. */
function checkCounts({ steps, accumulate = 1, evaluate, checkpoint }: TrainOptions): void {
  const counts = {
    steps,
    accumulate,
    'evaluate.every': evaluate?.every ?? 1,
    'checkpoint.every': checkpoint?.every ?? 1,
  };
  for (const [name, count] of Object.entries(counts))
    if (!Number.isInteger(count) || count < 1)
      throw new ShapeError(`${name} must be whole and at least 1, got ${count}`, { code: 'OPTION' });
}

/** Names of nodes to keep, less those that lead to outputs which the loss does not read. */
function keptIn(pruned: Graph, { keep, network: { graph } }: TrainOptions): ReadonlySet<string> {
  const here = new Set(pruned.nodes.map(({ name }) => name));
  const others = new Set(graph.nodes.map(({ name }) => name).filter((name) => !here.has(name)));
  return new Set([...(keep ?? [])].filter((name) => !others.has(name)));
}

/** Which parameters are trained, and how: those that the loss depends on and that are not frozen. */
export function planTraining(options: TrainOptions): {
  readonly plan: GradientPlan;
  readonly trained: readonly FactoredParameter[];
} {
  checkCounts(options);
  const { freeze = () => false, groups = [], decayed = 'filters', batchNorm = {} } = options;
  const terms = termsOf(options.loss);
  const outputs = [...new Set(terms.map(({ output }) => output))];
  const network = options.network.withGraph(keepOutputs(options.network.graph, outputs));
  const inputs = inputsOf(network.graph);
  if (inputs.length !== 1)
    throw new ShapeError(`a network with ${inputs.length} inputs cannot be trained on images alone`);
  const trained = trainedParameters(network.graph)
    .filter((parameter) => !freeze(parameter))
    .map((parameter) => ({ ...parameter, factors: factorsOf(parameter, groups, decayed) }));
  if (trained.length === 0)
    throw new TrainingError('every parameter is frozen', { code: 'ALL_FROZEN', hint: 'freeze less' });
  const trainable = new Set(trained.map(({ name }) => name));
  const plan: GradientPlan = {
    network,
    input: inputs[0]!.name,
    terms,
    trainable,
    moving: movingNodes(network.graph, trainable, batchNorm),
    divisor: batchNorm.divisor ?? 'n-1',
    keep: options.keep && keptIn(network.graph, options),
    seed: options.seed ?? 0,
  };
  return { plan, trained };
}

const differs = (what: string, stored: unknown, now: unknown): TrainingError =>
  new TrainingError(
    `the checkpoint was made with ${what} ${JSON.stringify(stored)}, this run has ${JSON.stringify(now)}`,
    {
      code: 'CHECKPOINT_MISMATCH',
      hint: 'go on with the same configuration, or start a new run',
    },
  );

/**
 * Makes sure that a run goes on as it began.
 *
 * @throws TrainingError `CHECKPOINT_MISMATCH`.
 */
export function checkResume(
  checkpoint: TrainingCheckpoint,
  options: TrainOptions,
  trained: readonly FactoredParameter[],
) {
  const { optimizer, seed = 0, config = null, averageDecay, steps, network } = options;
  if (checkpoint.optimizer !== optimizer.name) throw differs('the optimiser', checkpoint.optimizer, optimizer.name);
  if (checkpoint.seed !== seed) throw differs('the seed', checkpoint.seed, seed);
  const [stored, now] = [JSON.stringify(checkpoint.config), JSON.stringify(config)];
  if (stored !== now) throw differs('the configuration', checkpoint.config, config);
  if (checkpoint.step > steps) throw differs('more steps:', checkpoint.step, steps);
  const wanted = {
    weights: new Set(network.parameters.keys()),
    slots: new Set(trained.flatMap(({ name }) => optimizer.slots.map((slot) => `${slot}/${name}`))),
    average: averageDecay === undefined ? new Set<string>() : new Set(network.parameters.keys()),
  };
  for (const kind of ['weights', 'slots', 'average'] as const) {
    const found = new Set(checkpoint[kind]?.keys() ?? []);
    const other =
      [...wanted[kind]].find((name) => !found.has(name)) ?? [...found].find((name) => !wanted[kind].has(name));
    if (other !== undefined)
      throw new TrainingError(
        `the checkpoint ${found.has(other) ? 'has' : 'lacks'} the ${kind} of "${other}", which this run ${found.has(other) ? 'has not' : 'has'}`,
        { code: 'CHECKPOINT_MISMATCH', hint: 'go on with the same network, frozen parameters and average' },
      );
  }
}
