import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { describe, it } from 'vitest';
import { webgpu } from '../src/webgpu.ts';

const runtime = webgpu();
const here = await runtime.available();

if (here.available) testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
else {
  const notice = `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
  console.warn(`webgpu is not tested: ${notice}`);
  describe.skip('runtime "webgpu"', () => it(notice));
}
