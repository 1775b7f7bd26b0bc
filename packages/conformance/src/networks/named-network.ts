import { presets, variants, type ModelConfig } from '@atrous/models';
import type { Json } from '@atrous/core';
import { numberOf } from './description.ts';
import type { NetworkDescription } from './network-case.ts';

/** Makes the 3×3 convolutions of a part separable, the way VainF's option does. */
const separable = (part: Json): Json => ({
  ...(part as Readonly<Record<string, Json>>),
  separable: true,
  depthwiseNorm: false,
});

const HEADS = ['head', 'decoder'];

/**
 * The model of a preset or variant, with the classes, the output stride and the convolutions of a case.
 *
 * @throws Error when no preset or variant has that name.
 */
export function namedNetwork(name: string | undefined, description: NetworkDescription): ModelConfig {
  const found = [...presets, ...variants].find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no preset or variant is called "${String(name)}"`);
  const { name: model, config } = found.model;
  const parts =
    description.separable === true
      ? Object.entries(config).flatMap(([key, part]) => (HEADS.includes(key) ? [[key, separable(part)] as const] : []))
      : [];
  return {
    name: model,
    config: {
      ...config,
      ...Object.fromEntries(parts),
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    },
  };
}
