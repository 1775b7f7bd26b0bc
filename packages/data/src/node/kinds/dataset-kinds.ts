import { ade20k } from './ade20k.ts';
import { camvid } from './camvid.ts';
import { cityscapes } from './cityscapes.ts';
import { cocoStuff } from './coco-stuff.ts';
import type { DatasetKind } from './define-dataset.ts';
import { pairs } from './pairs.ts';
import { street } from './street.ts';
import { voc } from './voc.ts';

/** Every kind of data set of this package. */
export const datasetKinds: readonly DatasetKind[] = [voc, camvid, cityscapes, ade20k, cocoStuff, pairs, street];
