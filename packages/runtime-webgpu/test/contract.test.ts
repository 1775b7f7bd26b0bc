import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { describeOnGpu, runtime } from './support/on-gpu.ts';

describeOnGpu('float32', () => {
  testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
});
