import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { simd } from '../src/simd.ts';

testRuntime(simd({ threads: 1 }), { reference: referenceRuntime(), tolerance: 1e-5 });
