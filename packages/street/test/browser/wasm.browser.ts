import { wasm } from '@atrous/runtime-tfjs/wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { expect, it } from 'vitest';
import { labelsAlike } from '../support/labels-alike.ts';

it('labels a street alike', async () => {
  const runtime = wasm({ files: { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd } });
  expect(await labelsAlike(runtime)).toBeGreaterThanOrEqual(0.999);
});
