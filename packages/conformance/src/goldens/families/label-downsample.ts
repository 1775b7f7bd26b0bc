import type { Pair, Tensor } from '@atrous/core';
import { resizeMask, subsampleMask, type LabelMask, type NearestRule } from '@atrous/data';
import { defineFamily, type Check, type OpGolden } from '../op-family.ts';
import { expectWithin, parseTolerance } from '../tolerance.ts';

interface LabelGolden extends OpGolden {
  /** `stride<n>` or the name of a rule of nearest neighbours. */
  readonly method: string;
  readonly out?: Pair;
}

const RULES: Readonly<Record<string, NearestRule>> = {
  floor: 'floor',
  half_pixel: 'halfPixel',
  align_corners: 'alignCorners',
};

function maskOf({ shape, data }: Tensor): LabelMask {
  const [, height = 1, width = 1] = shape;
  return { width, height, data: Uint8Array.from(data) };
}

const tensorOf = ({ width, height, data }: LabelMask): Tensor => ({
  shape: [1, height, width],
  data: Int32Array.from(data),
});

export const labelDownsample = defineFamily<LabelGolden>(({ method, out }, tensors) => {
  const labels = maskOf(tensors.get('labels'));
  const expected = tensors.get('y');
  const check = (mask: LabelMask): Check => ({
    check: async (_, tolerance) => expectWithin(tensorOf(mask), expected, parseTolerance(tolerance)),
  });
  const [, stride] = /^stride(\d+)$/.exec(method) ?? [];
  if (stride !== undefined) return check(subsampleMask(labels, Number(stride)));
  const rule = RULES[method];
  if (rule === undefined || out === undefined) return { skip: `no mask is resized by the rule "${method}"` };
  return check(resizeMask(labels, out, rule));
});
