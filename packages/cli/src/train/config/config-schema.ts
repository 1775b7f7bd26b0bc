import { cornerRules, type Json } from '@atrous/core';
import * as v from 'valibot';
import type { DatasetSpec } from '@atrous/data/node';
import { FOLDER_KINDS, parseDataSpec, STREET } from '../../data-source/data-spec.ts';

const whole = (least: number) =>
  v.pipe(
    v.number(),
    v.safeInteger(({ received }) => `Invalid value: Expected a whole number but received ${received}`),
    v.minValue(least),
  );
const atLeast = (least: number) => v.pipe(v.number(), v.finite(), v.minValue(least));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const triple = v.strictTuple([v.number(), v.number(), v.number()]);
const side = whole(1);
const classWeights = v.optional(v.array(atLeast(0)));
const json = v.custom<Json>((value) => value !== undefined);
const options = v.record(v.string(), json);

/** A name alone, or an object: told apart by what is there, so that messages speak of the one that was meant. */
const nameOr = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.lazy((input): v.GenericSchema<string | v.InferInput<Schema>, string | v.InferOutput<Schema>> =>
    typeof input === 'object' ? schema : v.string(),
  );

const network = nameOr(v.strictObject({ name: v.string(), config: v.optional(options, {}) }));

const street = v.strictObject({
  kind: v.literal('street'),
  seed: v.optional(whole(0), STREET.seed),
  count: v.optional(whole(1), STREET.count),
  width: v.optional(side),
  height: v.optional(side),
});

/** Options of a kind's own are checked by the kind. */
const files = v.objectWithRest(
  { kind: v.optional(v.picklist(FOLDER_KINDS)), path: v.string(), split: v.optional(v.string()) },
  v.union([v.string(), v.number()]),
);

const data = v.lazy((input): v.GenericSchema<unknown, DatasetSpec> => {
  if (typeof input !== 'object')
    return v.pipe(
      v.string(),
      v.transform((typed) => parseDataSpec(typed)),
    );
  return (input as { kind?: unknown } | null)?.kind === 'street' ? street : files;
});

/** Laid over what is known of the network; `createBundle` checks the whole. */
const preprocessing = v.strictObject({
  channelOrder: v.optional(v.picklist(['rgb', 'bgr'])),
  mean: v.optional(triple),
  std: v.optional(triple),
  fit: v.optional(options),
  border: v.optional(whole(0)),
  upsample: v.optional(v.picklist(cornerRules)),
  enlarge: v.optional(v.picklist(['bilinear', 'nearest'])),
});

const augment = v.strictObject({
  scale: v.optional(v.strictTuple([positive, positive]), [0.5, 2]),
  rotate: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(180)), 0),
  flip: v.optional(share, 0.5),
  brightness: v.optional(share, 0),
  contrast: v.optional(share, 0),
  saturation: v.optional(share, 0),
  blur: v.optional(share, 0),
  classWeights,
});

const weight = v.optional(positive, 1);

const oneLoss = v.variant('kind', [
  v.strictObject({ kind: v.literal('cross-entropy'), weight, classWeights, labelSmoothing: v.optional(share) }),
  v.strictObject({ kind: v.literal('focal'), weight, classWeights, gamma: v.optional(atLeast(0)) }),
  v.strictObject({ kind: v.literal('hard-pixels'), weight, fraction: v.optional(share, 0.25) }),
  v.strictObject({ kind: v.literal('dice'), weight }),
  v.strictObject({ kind: v.literal('jaccard'), weight }),
  v.strictObject({ kind: v.literal('lovasz'), weight }),
]);

type OneLoss = v.InferOutput<typeof oneLoss>;

const loss = v.lazy((input): v.GenericSchema<unknown, OneLoss | readonly OneLoss[]> =>
  Array.isArray(input) ? v.pipe(v.array(oneLoss), v.minLength(1)) : oneLoss,
);

const decay = { weightDecay: v.optional(atLeast(0), 1e-4), decayNormsAndBiases: v.optional(v.boolean(), false) };

const optimizer = v.variant('kind', [
  v.strictObject({ kind: v.literal('sgd'), momentum: v.optional(share, 0.9), ...decay }),
  v.strictObject({
    kind: v.literal('adamw'),
    beta1: v.optional(share, 0.9),
    beta2: v.optional(share, 0.999),
    epsilon: v.optional(positive, 1e-8),
    ...decay,
  }),
]);

const rate = { learningRate: positive, warmUp: v.optional(whole(0), 0) };

const schedule = v.variant('kind', [
  v.strictObject({
    kind: v.literal('poly'),
    ...rate,
    power: v.optional(positive, 0.9),
    end: v.optional(atLeast(0), 0),
  }),
  v.strictObject({ kind: v.literal('cosine'), ...rate }),
  v.strictObject({ kind: v.literal('step'), ...rate, every: whole(1), factor: v.optional(positive, 0.1) }),
  v.strictObject({ kind: v.literal('constant'), ...rate }),
]);

/** Every object is strict: a misspelt key is an error, not a default. */
export const trainConfigSchema = v.strictObject({
  $schema: v.optional(v.string()),
  name: v.optional(v.pipe(v.string(), v.minLength(1))),
  description: v.optional(v.string()),
  license: v.optional(v.string()),
  seed: v.optional(whole(0), 0),
  network,
  weights: v.optional(nameOr(v.strictObject({ path: v.string(), nameMap: v.optional(v.string(), 'auto') }))),
  freeze: v.optional(v.array(v.string()), []),
  preprocessing: v.optional(preprocessing, {}),
  data,
  validation: v.optional(data),
  cropSize: v.optional(v.strictTuple([side, side]), [257, 257]),
  batchSize: v.optional(whole(1), 8),
  steps: whole(1),
  augment: v.optional(augment, {}),
  workers: v.optional(whole(0), 1),
  loss: v.optional(loss, { kind: 'cross-entropy' }),
  auxiliaryWeight: v.optional(atLeast(0), 0.4),
  optimizer: v.optional(optimizer, { kind: 'sgd' }),
  schedule: v.optional(schedule, { kind: 'poly', learningRate: 0.01 }),
  rateFactors: v.optional(v.record(v.string(), atLeast(0)), {}),
  batchNorm: v.optional(v.picklist(['trained', 'frozen']), 'trained'),
  batchNormDecay: v.optional(share),
  clipNorm: v.optional(positive),
  accumulate: v.optional(whole(1), 1),
  averageDecay: v.optional(share),
  evaluateEvery: v.optional(whole(1)),
  evaluateStride: v.optional(whole(1)),
  checkpointEvery: v.optional(whole(1)),
  keepCheckpoints: v.optional(whole(1), 2),
  half: v.optional(v.boolean(), false),
  saveMemory: v.optional(v.boolean(), false),
});

/** A run in full: every option has its value. */
export type TrainConfig = v.InferOutput<typeof trainConfigSchema>;
