export { largestDifference, largestMagnitude, type Difference } from '../compare.ts';
export { generatedIntegers, generateTensor, type GeneratedTensor } from './generator.ts';
export { parseGoldenArray, type GoldenArray } from './npy.ts';
export { parseGoldenTensors } from './safetensors.ts';
