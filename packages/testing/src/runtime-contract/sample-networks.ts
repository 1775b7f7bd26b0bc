import { createGraphBuilder, type Graph, type GraphBuilder, type Node } from '@atrous/core';

function convBnRelu(b: GraphBuilder, x: Node, name: string, options: { filters: number; stride: number }): Node {
  const y = b.conv2d(x, { name, kernel: 3, nominal: true, ...options });
  return b.activation(b.batchNorm(y, { name: `${name}/bn` }), 'relu6');
}

/** A DeepLab in miniature, from image to logits: strides that an output stride turns into rates, a skip, image pooling and a resize. */
export function miniatureDeepLab(outputStride: number): Graph {
  const b = createGraphBuilder({ outputStride });
  const image = b.input();
  const c1 = convBnRelu(b, image, 'c1', { filters: 6, stride: 2 });
  const c2 = convBnRelu(b, c1, 'c2', { filters: 8, stride: 2 });
  const c3 = convBnRelu(b, c2, 'c3', { filters: 8, stride: 2 });
  const depthwise = b.depthwiseConv2d(c3, { name: 'c4/depthwise', kernel: 3, nominal: true });
  const c4 = b.add([c3, b.batchNorm(depthwise, { name: 'c4/bn' })]);
  const pooled = b.conv2d(b.globalAvgPool(c4), { name: 'pooled', filters: 4, kernel: 1, useBias: true });
  const aspp = b.conv2d(c4, { name: 'aspp', filters: 4, kernel: 3, atrousRate: 2 });
  const context = b.concat([aspp, b.resizeBilinear(pooled, { corners: 'alignCorners', like: aspp })]);
  const logits = b.conv2d(b.dropout(context, { rate: 0.1 }), { name: 'logits', filters: 5, kernel: 1, useBias: true });
  const full = b.resizeBilinear(logits, { corners: 'alignCorners', like: image });
  return b.build({ logits, labels: b.argMax(full) });
}

/** Two images in, two results out; both branches share one filter. */
export function siamese(): Graph {
  const b = createGraphBuilder();
  const shape = [null, null, null, 3] as const;
  const branch = (x: Node, name: string): Node =>
    b.conv2d(x, { name, filters: 4, kernel: 3, shareWith: 'shared', useBias: true });
  const left = branch(b.input({ name: 'left', shape }), 'left/conv');
  const right = branch(b.input({ name: 'right', shape }), 'right/conv');
  return b.build({ sum: b.add([left, right]), left });
}
