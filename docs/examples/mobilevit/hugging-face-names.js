/** @typedef {import('@atrous/core').Param} Param */

/** Our parts of a layer, block or unit, as the modules of Hugging Face Transformers are called. @type {Readonly<Record<string, string>>} */
const PARTS = {
  expand: 'expand_1x1',
  depthwise: 'conv_3x3',
  project: 'reduce_1x1',
  local: 'conv_kxk',
  enter: 'conv_1x1',
  norm: 'layernorm',
  leave: 'conv_projection',
  fuse: 'fusion',
  norm_before: 'layernorm_before',
  query: 'attention.attention.query',
  key: 'attention.attention.key',
  value: 'attention.attention.value',
  attention_output: 'attention.output.dense',
  norm_after: 'layernorm_after',
  widen: 'intermediate.dense',
  narrow: 'output.dense',
};

/** @type {Readonly<Record<string, string>>} */
const LAYERS = {
  'backbone/stem': 'mobilevit.conv_stem',
  'head/image_pooling': 'segmentation_head.aspp.convs.4.conv_1x1',
  'head/concat_projection': 'segmentation_head.aspp.project',
  logits: 'segmentation_head.classifier',
};

/** Parts that stand for themselves there, instead of holding a convolution and a normalisation. */
const BARE = /\/(norm|norm_before|norm_after|query|key|value|attention_output|widen|narrow)$/;

/** @type {Readonly<Record<string, readonly [module: string, tensor: string]>>} */
const TENSORS = {
  weights: ['convolution', 'weight'],
  depthwise_weights: ['convolution', 'weight'],
  biases: ['convolution', 'bias'],
  gamma: ['normalization', 'weight'],
  beta: ['normalization', 'bias'],
  moving_mean: ['normalization', 'running_mean'],
  moving_variance: ['normalization', 'running_var'],
};

/**
 * @param {string} layer
 * @returns {string | undefined}
 */
function moduleOf(layer) {
  const branch = /^head\/aspp(\d)$/.exec(layer)?.[1];
  if (branch !== undefined) return `segmentation_head.aspp.convs.${branch}`;
  const [, number, inside, index, name = ''] =
    /^backbone\/layer(\d)\/(?:(unit|transformer)(\d)\/)?(\w+)$/.exec(layer) ?? [];
  const part = PARTS[name];
  if (number === undefined || part === undefined) return LAYERS[layer];
  const encoder = `mobilevit.encoder.layer.${Number(number) - 1}`;
  if (inside === undefined) return `${encoder}.${part}`;
  if (inside === 'transformer') return `${encoder}.transformer.layer.${Number(index) - 1}.${part}`;
  return Number(number) > 2 ? `${encoder}.downsampling_layer.${part}` : `${encoder}.layer.${Number(index) - 1}.${part}`;
}

/**
 * What `MobileViTForSemanticSegmentation` of Hugging Face Transformers calls the tensors of `deeplabV3({ backbone: mobilevit() })`:
 * a name map for `importWeights` of `@atrous/weights`.
 */
export const huggingFaceNames = {
  name: 'hugging-face-mobilevit',
  description: 'DeepLab v3 with MobileViT of Hugging Face Transformers',
  layout: /** @type {const} */ ('oihw'),
  /** @param {Param} param */
  sourcesOf({ name }) {
    const slash = name.lastIndexOf('/');
    const [module, tensor] = TENSORS[name.slice(slash + 1)] ?? [];
    const layer = name.slice(0, slash).replace(/\/BatchNorm$/, '');
    const path = moduleOf(layer);
    if (path === undefined || module === undefined) return [];
    return [BARE.test(layer) ? `${path}.${tensor}` : `${path}.${module}.${tensor}`];
  },
  /** @param {string} source */
  ignores: (source) => source.endsWith('.num_batches_tracked'),
};
