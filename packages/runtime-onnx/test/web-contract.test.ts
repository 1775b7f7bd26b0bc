import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { onnxWeb } from '../src/web.ts';

testRuntime(onnxWeb({ threads: 1 }), { reference: referenceRuntime(), tolerance: 2e-5 });
