import type { LabelMap } from '@atrous/core';
import { ade20k } from './ade20k.ts';
import { ade20k150 } from './ade20k-150.ts';
import { camvid } from './camvid.ts';
import { cityscapes } from './cityscapes.ts';
import { cocoStuff } from './coco-stuff.ts';
import { personParts } from './person-parts.ts';
import { portrait } from './portrait.ts';
import { voc2012 } from './voc2012.ts';

/** Every label map of this package, for programs that take one by name. */
export const labelMaps: readonly LabelMap[] = [
  voc2012,
  cityscapes,
  camvid,
  ade20k,
  ade20k150,
  cocoStuff,
  personParts,
  portrait,
];
