export { enlargeToPatches } from './enlarge-to-patches.js';
export { huggingFaceNames } from './hugging-face-names.js';
export { layerNorm } from './layer-norm.js';
export { mobilevit } from './mobilevit.js';
export { patchAttention } from './patch-attention.js';
