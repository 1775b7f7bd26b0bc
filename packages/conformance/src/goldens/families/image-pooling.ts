import type { GraphBuilder, Node } from '@atrous/core';
import { batchNormWeights, defineFamily, type OpGolden } from '../op-family.ts';

interface ImagePoolingGolden extends OpGolden {
  /** `global`, or `window<h>x<w>`. */
  readonly kind: string;
  readonly eps: number;
}

function pooling(kind: string): ((b: GraphBuilder, x: Node) => Node) | undefined {
  if (kind === 'global') return (b, x) => b.globalAvgPool(x);
  const [, height, width] = /^window(\d+)x(\d+)$/.exec(kind) ?? [];
  if (height === undefined) return undefined;
  return (b, x) => b.avgPool(x, { kernel: [Number(height), Number(width)], padding: 'valid' });
}

export const imagePooling = defineFamily<ImagePoolingGolden>(({ kind, eps }, tensors) => {
  const pool = pooling(kind);
  if (pool === undefined) return { skip: `no image pooling of the kind "${kind}"` };
  const w = tensors.get('w');
  const useBias = tensors.has('b');
  return {
    build(b, x) {
      const projected = b.conv2d(pool(b, x), { name: 'conv', filters: w.shape[3] as number, kernel: 1, useBias });
      const pooled = b.activation(b.batchNorm(projected, { name: 'bn', epsilon: eps }), 'relu');
      return b.resizeBilinear(pooled, { corners: 'alignCorners', like: x });
    },
    input: tensors.get('x'),
    weights: {
      'conv/weights': w,
      ...(useBias && { 'conv/biases': tensors.get('b') }),
      ...batchNormWeights('bn', tensors.get('bn')),
    },
    expected: tensors.get('y'),
    gradients: { gw: 'conv/weights' },
  };
});
