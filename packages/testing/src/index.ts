export { largestDifference, largestMagnitude, type Difference } from './compare.ts';
export { generatedIntegers, generateTensor, type GeneratedTensor } from './golden/generator.ts';
export { readGoldenTensors } from './golden/safetensors.ts';
export { runReadmeSnippet, runSnippet } from './run-readme-snippet.ts';
export type { RuntimeContract } from './runtime-contract/runtime-contract.ts';
export { testRuntime } from './runtime-contract/test-runtime.ts';
export { dataFolder, goldensFolder } from './shared-folders.ts';
