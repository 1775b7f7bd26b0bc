import { mobilenetV2Layer } from './own-names.ts';

const LAYERS: Readonly<Record<string, string>> = {
  'decoder/low_level_projection': 'decoder/feature_projection0',
  logits: 'logits/semantic',
};

/** The scope that a layer of ours has in Google's DeepLab. */
export function googleScope(layer: string): string {
  const mobile = mobilenetV2Layer(layer);
  if (mobile?.part === 'stem') return 'MobilenetV2/Conv';
  if (mobile) return `MobilenetV2/expanded_conv${mobile.block === 1 ? '' : `_${mobile.block - 1}`}/${mobile.part}`;
  const known = LAYERS[layer];
  if (known !== undefined) return known;
  return layer
    .replace(/^head\//, '')
    .replace(/^decoder\/conv(\d)/, 'decoder/decoder_conv$1')
    .replace(/\/(depthwise|pointwise)$/, '_$1');
}
