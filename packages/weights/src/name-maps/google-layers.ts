import { googleXception } from './google-xception.ts';
import { mobilenetV2Layer } from './own-names.ts';

const LAYERS: Readonly<Record<string, readonly string[]>> = {
  // The dense prediction cell has a scope of its own.
  'head/concat_projection': ['concat_projection', 'meta_architecture/concat_projection'],
  'decoder/low_level_projection': ['decoder/feature_projection0'],
  'head/context': ['aspp0'],
  'head/gate': ['image_pooling'],
  'context/logits': ['decoder/decoder_conv0'],
  'low_level/logits': ['decoder/feature_projection0'],
  logits: ['logits/semantic'],
};

/** Inverted residuals; the first has no number. */
const expandedConv = (block: number): string => `expanded_conv${block === 1 ? '' : `_${block - 1}`}`;

function mobileScopes(layer: string): readonly string[] {
  if (layer === 'backbone/last') return ['MobilenetV3/Conv_1'];
  const [, block, half] = /^backbone\/block(\d+)\/squeeze_excite\/(reduce|expand)$/.exec(layer) ?? [];
  if (block !== undefined)
    return [`MobilenetV3/${expandedConv(Number(block))}/squeeze_excite/${half === 'reduce' ? 'Conv' : 'Conv_1'}`];
  const mobile = mobilenetV2Layer(layer);
  if (mobile === undefined) return [];
  const scope = mobile.part === 'stem' ? 'Conv' : `${expandedConv(mobile.block)}/${mobile.part}`;
  return ['MobilenetV2', 'MobilenetV3'].map((network) => `${network}/${scope}`);
}

const RESNETS = [50, 101, 152].map((depth) => `resnet_v1_${depth}`);

function resnetScopes(layer: string): readonly string[] {
  const [, stem] = /^backbone\/stem(\d?)$/.exec(layer) ?? [];
  if (stem !== undefined) return RESNETS.map((network) => `${network}/conv1${stem === '' ? '' : `_${stem}`}`);
  const [, block, unit, part] = /^backbone\/block(\d+)\/unit(\d+)\/(conv\d|shortcut)$/.exec(layer) ?? [];
  if (part === undefined) return [];
  return RESNETS.map((network) => `${network}/block${block}/unit_${unit}/bottleneck_v1/${part}`);
}

/** The scopes that a layer of ours may have in Google's DeepLab: one for each network that has such a layer. */
export function googleScopes(layer: string): readonly string[] {
  const known = LAYERS[layer];
  if (known !== undefined) return known;
  if (layer.startsWith('backbone/')) return [...mobileScopes(layer), ...googleXception(layer), ...resnetScopes(layer)];
  return [
    layer
      .replace(/^head\/branch/, 'meta_architecture/branch')
      .replace(/^head\//, '')
      .replace(/^decoder\/conv(\d)/, 'decoder/decoder_conv$1')
      .replace(/\/(depthwise|pointwise)$/, '_$1'),
  ];
}
