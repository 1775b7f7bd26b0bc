import { blockOutputs, type TrainOptions } from '@atrous/train';
import type { PreparedRun } from '../prepare-run.ts';
import { lossOf } from './loss-of.ts';
import { frozenBy, groupsOf, optimizerOf } from './optimizer-of.ts';
import { scheduleOf } from './schedule-of.ts';

/** What the training loop is told by configuration, network and labels. */
type Recipe = Pick<
  TrainOptions,
  | 'loss'
  | 'optimizer'
  | 'schedule'
  | 'groups'
  | 'decayed'
  | 'freeze'
  | 'batchNorm'
  | 'clipNorm'
  | 'averageDecay'
  | 'keep'
>;

/** Losses, optimiser, schedule and treatment of parameters of a run. */
export function recipeOf({ config, network, labels }: Pick<PreparedRun, 'config' | 'network' | 'labels'>): Recipe {
  const { optimizer, batchNorm, batchNormDecay, clipNorm, averageDecay, saveMemory } = config;
  const outputs = Object.keys(network.graph.outputs);
  const corners = network.preprocessing.upsample;
  return {
    loss: lossOf(config, { outputs, corners, ignoreLabel: labels.ignoreLabel }),
    optimizer: optimizerOf(config),
    schedule: scheduleOf(config),
    groups: groupsOf(config),
    decayed: optimizer.decayNormsAndBiases ? 'all' : 'filters',
    freeze: frozenBy(config),
    batchNorm: { statistics: batchNorm, decay: batchNormDecay },
    clipNorm,
    averageDecay,
    ...(saveMemory && { keep: blockOutputs(network.graph) }),
  };
}
