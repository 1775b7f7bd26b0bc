import { referenceRuntime } from '@atrous/runtime-reference';
import { simd } from '@atrous/runtime-wasm';
import { testRuntime } from '@atrous/testing';
import { auto } from '../src/index.ts';

testRuntime(auto({ candidates: [simd({ threads: 1 })], store: null }), {
  reference: referenceRuntime(),
  tolerance: 1e-5,
});
