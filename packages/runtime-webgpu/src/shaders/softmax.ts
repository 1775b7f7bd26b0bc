import { each } from './each-block.ts';
import type { Kernel } from './kernel.ts';

/** Probabilities over channels, or their logarithms: a thread for each pixel. */
export const softmax = (isLog: boolean) =>
  ({
    label: isLog ? 'log softmax' : 'softmax',
    bindings: { y: 'map', x: 'map' },
    fields: ['items'],
    body: each(`
  var most = -0x1.fffffep+127f;
  for (var c = 0; c < p.xChannels; c++) { most = max(most, x_one(i, c)); }
  var sum = 0.0;
  for (var c = 0; c < p.xChannels; c++) { sum += exp(x_one(i, c) - most); }
  for (var block = 0; block < p.yBlocks; block++) {
    let above = x_at(i, block) - most;
    y_set(i, block, ${isLog ? 'above - log(sum)' : 'min(exp(above) / sum, vec4<f32>(1.0))'});
  }`),
  }) as const satisfies Kernel;
