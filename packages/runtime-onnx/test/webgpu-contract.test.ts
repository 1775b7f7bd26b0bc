import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { describe, it } from 'vitest';
import { onnx } from '../src/node.ts';

const runtime = onnx({ provider: 'webgpu' });
const here = await runtime.available();

/** Every case compiles shaders of its own: all of them take a software GPU many minutes. */
const ops = ['add', 'argMax', 'concat', 'globalAvgPool', 'multiply', 'pad', 'softmax'] as const;

if (here.available) testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5, ops });
else {
  const notice = `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
  console.warn(`onnx-webgpu is not tested: ${notice}`);
  describe.skip('runtime "onnx-webgpu"', () => it(notice));
}
