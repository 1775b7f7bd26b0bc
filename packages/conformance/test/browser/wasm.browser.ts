import { referenceRuntime } from '@atrous/runtime-reference';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { testRuntime } from '@atrous/testing/runtime-contract';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { publishedCases } from './published-cases.ts';
import { testPublishedNetworks } from './published-networks.ts';

const runtime = wasm({ files: { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd } });

testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
testPublishedNetworks(runtime, publishedCases, 1e-3);
