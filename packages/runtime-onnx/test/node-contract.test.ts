import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { onnx } from '../src/node.ts';

testRuntime(onnx(), { reference: referenceRuntime(), tolerance: 2e-5 });
