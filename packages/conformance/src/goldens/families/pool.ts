import type { Padding } from '@atrous/core';
import { defineFamily, type OpGolden } from '../op-family.ts';

interface PoolGolden extends OpGolden {
  readonly kind: string;
  readonly kernel: number;
  readonly stride: number;
  /** `SAME`, `VALID`, `TORCH_PAD<n>` (floor) or `CEIL_PAD<n>`. */
  readonly mode: string;
}

function windowOf(mode: string): { padding: Padding; rounding: 'floor' | 'ceil' } | undefined {
  if (mode === 'SAME') return { padding: 'same', rounding: 'floor' };
  if (mode === 'VALID') return { padding: 'valid', rounding: 'floor' };
  const [, rule, digits] = /^(TORCH|CEIL)_PAD(\d+)$/.exec(mode) ?? [];
  if (rule === undefined) return undefined;
  const n = Number(digits);
  return { padding: { top: n, bottom: n, left: n, right: n }, rounding: rule === 'CEIL' ? 'ceil' : 'floor' };
}

export const pool = defineFamily<PoolGolden>(({ kind, kernel, stride, mode }, tensors) => {
  const window = windowOf(mode);
  if (window === undefined) return { skip: `no pool pads by the rule "${mode}"` };
  if (!['max', 'avg_incl', 'avg_excl'].includes(kind)) return { skip: `no pool of the kind "${kind}"` };
  return {
    build: (b, x) =>
      kind === 'max'
        ? b.maxPool(x, { kernel, stride, ...window })
        : b.avgPool(x, { kernel, stride, ...window, countPadding: kind === 'avg_incl' }),
    input: tensors.get('x'),
    expected: tensors.get('y'),
    tolerancePart: kind === 'max' ? 'max' : 'avg',
  };
});
