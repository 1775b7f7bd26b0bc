import type { Json } from '@atrous/core';
import type { NetworkDescription } from './network-case.ts';

/** Arguments that a reference module was called with; those that are absent have its defaults. */
export type OwnArguments = Readonly<Record<string, Json>>;

/** Whether the case's reference is the module of that name, written for these cases because no original exists. */
export const isOwnModule = ({ source, module }: NetworkDescription, name: string): boolean =>
  typeof source === 'string' && source.startsWith('own torch module') && module === name;

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** What every module of {@link isOwnModule} is called with: PASCAL VOC's classes and output stride 8 unless the case says otherwise. */
export function ownArguments({ args, classes, output_stride: outputStride }: NetworkDescription): {
  readonly args: OwnArguments;
  readonly classes: number;
  readonly outputStride: number;
} {
  const given = typeof args === 'object' && args !== null && !Array.isArray(args) ? (args as OwnArguments) : {};
  return { args: given, classes: numberOr(given.classes ?? classes, 21), outputStride: numberOr(outputStride, 8) };
}

/** Number of layers by the number of units in the third block, in which these three differ. */
export const RESNET_DEPTHS = { 6: 50, 23: 101, 36: 152 } as const;

/** Units in the third block of a ResNet that is called with those of all `blocks`. */
export function thirdBlockOf(
  { blocks }: OwnArguments,
  otherwise: keyof typeof RESNET_DEPTHS,
): keyof typeof RESNET_DEPTHS {
  const units: Json | undefined = Array.isArray(blocks) ? (blocks as readonly Json[])[2] : undefined;
  return units === 6 || units === 23 || units === 36 ? units : otherwise;
}
