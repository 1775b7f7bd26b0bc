import { referenceRuntime } from '@atrous/runtime-reference';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testRuntime } from '@atrous/testing/runtime-contract';

testRuntime(webgpu(), { reference: referenceRuntime(), tolerance: 2e-5 });
