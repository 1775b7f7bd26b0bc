import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { wasm } from '../src/wasm.ts';

testRuntime(wasm(), { reference: referenceRuntime(), tolerance: 2e-5 });
