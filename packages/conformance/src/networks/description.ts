import type { ResnetOptions } from '@atrous/backbones/resnet';
import type { CornerRule, Graph } from '@atrous/core';
import type { NetworkDescription } from './network-case.ts';

/** Whether the case's reference is an implementation, such as `VainF`, of one family with one backbone, which may have several names. */
export function isNetworkOf(
  { source, family, backbone }: NetworkDescription,
  author: string,
  families: readonly string[],
  backbones: readonly string[],
): boolean {
  return (
    typeof source === 'string' &&
    source.startsWith(`${author}/`) &&
    typeof family === 'string' &&
    families.includes(family) &&
    typeof backbone === 'string' &&
    backbones.includes(backbone)
  );
}

/** @throws Error when the case does not have that number. */
export function numberOf(description: NetworkDescription, property: string): number {
  const value = description[property];
  if (typeof value !== 'number') throw new Error(`the case does not say its ${property}`);
  return value;
}

/** Reads `bilinear align_corners=True …`. */
export const upsampleOf = ({ upsample }: NetworkDescription): CornerRule =>
  typeof upsample === 'string' && upsample.includes('align_corners=True') ? 'alignCorners' : 'halfPixel';

/** @throws Error when the case does not have that list of numbers. */
export function numbersOf(description: NetworkDescription, property: string): readonly number[] {
  const value = description[property];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'number'))
    throw new Error(`the case does not say its ${property}`);
  return value as readonly number[];
}

/** A property that is text; empty when it is not. */
export function textOf(description: NetworkDescription, property: string): string {
  const value = description[property];
  return typeof value === 'string' ? value : '';
}

/** Number of layers in `resnet50` or `resnet101 OS8`, if the backbone is one of ours; `resnet` alone has 101 (jfzhang95). */
export function resnetDepthOf(description: NetworkDescription): ResnetOptions['depth'] | undefined {
  const [, depth] = /^resnet(\d*)\b/.exec(textOf(description, 'backbone')) ?? [];
  if (depth === undefined) return undefined;
  return ([18, 34, 50, 101, 152] as const).find((known) => known === Number(depth === '' ? 101 : depth));
}

/** Torchvision's cases call the auxiliary logits `aux` or `aux_logits`. */
export function withAuxiliaryNames(graph: Graph): Graph {
  const { auxiliary = '', ...outputs } = graph.outputs;
  return { ...graph, outputs: { ...outputs, aux: auxiliary, aux_logits: auxiliary } };
}
