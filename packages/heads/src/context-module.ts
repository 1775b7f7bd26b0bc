import { checkChoice, checkCount, convRelu } from '@atrous/atrous-ops';
import { defineHead, ShapeError, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link contextModule}. The defaults are the basic module of eight layers. */
export interface ContextModuleOptions {
  /** Level of the maps to read: scores of classes, as many as there are channels. */
  readonly input: string;
  /** Channels of each layer, in multiples of the input's: `basic` 1 throughout; `large` 2, 2, 4, 8, … doubling with the rates. */
  readonly width: 'basic' | 'large';
  /** Rates of the 3×3 layers before the last one, in positions of the map. Cityscapes adds 32 and 64, KITTI leaves 16 out. */
  readonly atrousRates: readonly number[];
  /** Where zeros are added: by each layer, its rate (CamVid, KITTI, Cityscapes), or all `once` before the first (PASCAL VOC). */
  readonly padding: 'eachLayer' | 'once';
}

function checkOptions({ width, atrousRates, padding }: ContextModuleOptions): void {
  checkChoice('width', width, ['basic', 'large']);
  checkChoice('padding', padding, ['eachLayer', 'once']);
  for (const rate of atrousRates) checkCount('atrousRates', rate);
  if (atrousRates.length === 0)
    throw new ShapeError('atrousRates is empty, expected a rate for every layer', { code: 'OPTION' });
}

/** Two layers make the first group, every later layer one of its own: `conv1_1`, `conv1_2`, `conv2_1`, `conv3_1`, … */
const layerName = (index: number): string => (index < 2 ? `conv1_${index + 1}` : `conv${index}_1`);

/**
 * The context module: 3×3 layers at exponentially growing rates, then a 3×3 and a 1×1 layer, from maps to maps of the same size.
 *
 * Reads `[n, h, w, c]`, gives `[n, h, w, c]`; with the default rates a position sees 67 × 67 of the map. Rates belong to the map, whatever
 * output stride it stands at. Random weights do not train well: start from `identityContextWeights`.
 *
 * @see Yu and Koltun 2015, "Multi-Scale Context Aggregation by Dilated Convolutions", §3 and Table 1, arXiv:1511.07122
 */
export const contextModule = defineHead({
  name: 'context-module',
  description: 'Dilated layers that aggregate the context of score maps (Yu and Koltun)',
  defaults: { input: 'scores', width: 'basic', atrousRates: [1, 1, 2, 4, 8, 16], padding: 'eachLayer' },
  build(builder, features, _image, options: ContextModuleOptions) {
    checkOptions(options);
    const { atrousRates, width } = options;
    const { node, channels } = featureOf(features, options.input, 'context-module');
    const padding = options.padding === 'once' ? 'valid' : 'symmetric';
    const widthOf = (layer: number): number => (width === 'basic' ? channels : channels * 2 ** Math.max(1, layer));
    const border = atrousRates.reduce((sum, rate) => sum + rate, 1);
    const pads = { top: border, bottom: border, left: border, right: border };
    let x: Node = options.padding === 'once' ? builder.pad(node, { name: 'pad', pads }) : node;
    for (const [i, atrousRate] of atrousRates.entries())
      x = convRelu(builder, x, { name: layerName(i), filters: widthOf(i), kernel: 3, atrousRate, padding });
    x = convRelu(builder, x, { name: 'fc1', filters: widthOf(atrousRates.length - 1), kernel: 3, padding });
    return builder.conv2d(x, { name: 'final', filters: channels, kernel: 1, useBias: true });
  },
});
