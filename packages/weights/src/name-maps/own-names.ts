import type { Param } from '@atrous/core';

/** What a parameter is to its layer. `weights` are filters of any convolution, dense or depthwise. */
export type Role = 'weights' | 'biases' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';

const ROLES: Readonly<Record<string, Role>> = {
  weights: 'weights',
  depthwise_weights: 'weights',
  biases: 'biases',
  gamma: 'gamma',
  beta: 'beta',
  moving_mean: 'moving_mean',
  moving_variance: 'moving_variance',
};

/**
 * Takes the name of a parameter apart: `backbone/block3/expand/BatchNorm/gamma` is `gamma` of the layer `backbone/block3/expand`.
 *
 * @returns `undefined` for parameters that are not a convolution's or a batch normalisation's.
 */
export function layerAndRole({ name }: Param): { readonly layer: string; readonly role: Role } | undefined {
  const slash = name.lastIndexOf('/');
  const role = ROLES[name.slice(slash + 1)];
  if (role === undefined) return undefined;
  return { layer: name.slice(0, slash).replace(/\/BatchNorm$/, ''), role };
}

/** An inverted residual's part, or the stem of MobileNetV2. Blocks count from 1. */
export type MobilenetV2Layer =
  { readonly part: 'stem' } | { readonly part: 'expand' | 'depthwise' | 'project'; readonly block: number };

/** Tells which layer of MobileNetV2 a layer of ours is, if any. */
export function mobilenetV2Layer(layer: string): MobilenetV2Layer | undefined {
  if (layer === 'backbone/stem') return { part: 'stem' };
  const [, block, part] = /^backbone\/block(\d+)\/(expand|depthwise|project)$/.exec(layer) ?? [];
  return block === undefined ? undefined : { part: part as 'expand' | 'depthwise' | 'project', block: Number(block) };
}

/** A layer of Xception by where it stands: `exit` counts the separable convolutions after the last block. */
export type XceptionLayer =
  | { readonly kind: 'stem'; readonly index: number }
  | { readonly kind: 'skip'; readonly block: number }
  | { readonly kind: 'separable'; readonly block: number; readonly index: number; readonly part: SeparablePart }
  | { readonly kind: 'exit'; readonly index: number; readonly part: SeparablePart };

type SeparablePart = 'depthwise' | 'pointwise';

/** Tells which layer of Xception a layer of ours is, if any. */
export function xceptionLayer(layer: string): XceptionLayer | undefined {
  const [, stem] = /^backbone\/stem(\d)$/.exec(layer) ?? [];
  if (stem !== undefined) return { kind: 'stem', index: Number(stem) };
  const [, skip] = /^backbone\/block(\d+)\/skip$/.exec(layer) ?? [];
  if (skip !== undefined) return { kind: 'skip', block: Number(skip) };
  const [, block, index, part] =
    /^backbone\/(?:block(\d+)\/separable|exit)(\d)\/(depthwise|pointwise)$/.exec(layer) ?? [];
  if (index === undefined) return undefined;
  const separable = { index: Number(index), part: part as SeparablePart };
  return block === undefined
    ? { kind: 'exit', ...separable }
    : { kind: 'separable', block: Number(block), ...separable };
}
