import { sizeOf } from '@atrous/core';
import { trainedParameters } from '@atrous/train';
import type { Context } from '../../context.ts';
import { formatCount } from '../../format.ts';
import type { PreparedRun } from '../prepare-run.ts';

const images = (count: number): string => `${formatCount(count)} ${count === 1 ? 'image' : 'images'}`;

/** Prints what is about to be trained. */
export function printRun(context: Context, run: PreparedRun, done: number): void {
  const { config, network, labels, training, validation, start, runtime } = run;
  const parameters = trainedParameters(network.graph).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const first = start.taken;
  context.print(`network     ${network.name}, ${formatCount(parameters)} parameters`);
  context.print(`data        ${images(training.samples.length)}, ${labels.classes.length} classes (${labels.name})`);
  if (validation !== undefined) context.print(`validation  ${images(validation.samples.length)}`);
  if (first !== undefined)
    context.print(
      `weights     ${first.count} of ${first.of} tensors from the checkpoint (${first.nameMap}), the rest new`,
    );
  context.print(`backend     ${runtime.name}`);
  if (done > 0) context.print(`resumed at  step ${done} of ${config.steps}`);
}
