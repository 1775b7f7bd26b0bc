import { cornerRules, type Json } from '@atrous/core';
import * as v from 'valibot';

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
const options = v.record(
  v.string(),
  v.custom<Json>((value) => value !== undefined, 'Invalid value'),
);

const network = v.union(
  [v.string(), v.strictObject({ name: v.string(), config: v.optional(options, {}) })],
  'Invalid network: expected a name of `atrous models`, or { "name": "deeplab-v3-plus", "config": { … } }',
);

const data = v.union(
  [
    v.string(),
    v.objectWithRest(
      { kind: v.string() },
      v.custom<Json>((value) => value !== undefined),
    ),
  ],
  'Invalid data: expected "camvid:DIR", or { "kind": "street", "count": 2000 }',
);

const preprocessing = v.strictObject({
  channelOrder: v.optional(v.picklist(['rgb', 'bgr']), 'rgb'),
  mean: v.optional(triple, [123.675, 116.28, 103.53]),
  std: v.optional(triple, [58.395, 57.12, 57.375]),
  upsample: v.optional(v.picklist(cornerRules), 'alignCorners'),
});

const augment = v.strictObject({
  scale: v.optional(v.strictTuple([positive, positive]), [0.5, 2]),
  flip: v.optional(share, 0.5),
  rotate: v.optional(atLeast(0), 0),
  brightness: v.optional(share, 0),
  contrast: v.optional(share, 0),
  saturation: v.optional(share, 0),
  blur: v.optional(share, 0),
  classBalance: v.optional(share, 0),
});

const classWeights = v.optional(v.array(atLeast(0)));

const loss = v.variant('kind', [
  v.strictObject({ kind: v.literal('cross-entropy'), classWeights, labelSmoothing: v.optional(share, 0) }),
  v.strictObject({ kind: v.literal('focal'), gamma: v.optional(atLeast(0), 2), classWeights }),
  v.strictObject({ kind: v.literal('hard-pixels'), share: v.optional(share, 0.25), classWeights }),
  v.strictObject({ kind: v.literal('dice') }),
  v.strictObject({ kind: v.literal('jaccard') }),
  v.strictObject({ kind: v.literal('lovasz') }),
]);

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

/** Made on use, so that importing costs nothing. Every object is strict: a misspelt key is an error, not a default. */
export const trainConfigSchema = () =>
  v.strictObject({
    $schema: v.optional(v.string()),
    name: v.optional(v.pipe(v.string(), v.minLength(1))),
    description: v.optional(v.string()),
    license: v.optional(v.string()),
    seed: v.optional(whole(0), 0),
    network,
    weights: v.optional(v.strictObject({ path: v.string(), nameMap: v.optional(v.string(), 'auto') })),
    preprocessing: v.optional(preprocessing, {}),
    data,
    validation: v.optional(data),
    cropSize: v.optional(v.strictTuple([side, side]), [257, 257]),
    batchSize: v.optional(whole(1), 8),
    steps: whole(1),
    augment: v.optional(augment, {}),
    loss: v.optional(loss, { kind: 'cross-entropy' }),
    auxiliaryWeight: v.optional(atLeast(0), 0.4),
    optimizer: v.optional(optimizer, { kind: 'sgd' }),
    schedule: v.optional(schedule, { kind: 'poly', learningRate: 0.01 }),
    rateFactors: v.optional(v.record(v.string(), atLeast(0)), {}),
    batchNorm: v.optional(v.picklist(['trained', 'frozen']), 'trained'),
    clipNorm: v.optional(positive),
    accumulate: v.optional(whole(1), 1),
    averageDecay: v.optional(share),
    evaluateEvery: v.optional(whole(1)),
    evaluateStride: v.optional(whole(1)),
    checkpointEvery: v.optional(whole(1)),
    keepCheckpoints: v.optional(whole(1), 2),
    half: v.optional(v.boolean(), false),
    workers: v.optional(whole(0)),
  });

/** A run in full: every option has its value. */
export type TrainConfig = v.InferOutput<ReturnType<typeof trainConfigSchema>>;
