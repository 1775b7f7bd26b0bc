import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { simd } from '../src/simd.ts';

testRuntime(simd({ threads: 2 }), {
  reference: referenceRuntime(),
  tolerance: 1e-5,
  ops: ['argMax', 'concat', 'custom'],
});
