import type { CornerRule, Pair } from '@atrous/core';
import { defineFamily, type OpGolden } from '../op-family.ts';

interface ResizeGolden extends OpGolden {
  readonly mode: string;
  readonly out: Pair;
  readonly scale_factor?: number;
  /** Lists the rows that are stored, when not all are. */
  readonly note?: string;
}

const CORNERS: Readonly<Record<string, CornerRule>> = {
  align_corners: 'alignCorners',
  half_pixel: 'halfPixel',
  legacy: 'asymmetric',
  bilinear_deconv: 'deconvolution',
};

function storedRows(note = ''): readonly number[] | undefined {
  const list = /y only at rows (\[[\d,\s]*\])/.exec(note)?.[1];
  return list === undefined ? undefined : (JSON.parse(list) as number[]);
}

export const resizeBilinear = defineFamily<ResizeGolden>((golden, tensors) => {
  const corners = CORNERS[golden.mode];
  if (corners === undefined) return { skip: `no op resizes by the rule "${golden.mode}"` };
  const scale = golden.scale_factor;
  return {
    build: (b, x) => b.resizeBilinear(x, { corners, ...(scale === undefined ? { size: golden.out } : { scale }) }),
    input: tensors.get('x'),
    expected: tensors.get('y'),
    rows: storedRows(golden.note),
  };
});
