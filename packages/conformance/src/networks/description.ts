import type { CornerRule } from '@atrous/core';
import type { NetworkDescription } from './network-case.ts';

/** Whether the case's reference is an implementation, such as `VainF`, of one family with MobileNetV2. */
export function isMobilenetV2Of(
  { source, family, backbone }: NetworkDescription,
  author: string,
  families: readonly string[],
): boolean {
  return (
    typeof source === 'string' &&
    source.startsWith(`${author}/`) &&
    typeof family === 'string' &&
    families.includes(family) &&
    (backbone === 'mobilenet' || backbone === 'mobilenetv2')
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
