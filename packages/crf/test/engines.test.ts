import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { webgpu } from '@atrous/crf/webgpu';
import { describe, it } from 'vitest';
import { testEngine } from './support/test-engine.ts';

testEngine(exact(), { toExact: { average: 1e-9, largest: 1e-9 } });
// features of seven dimensions on a few pixels are what a lattice is worst at
testEngine(lattice(), { toExact: { average: 0.009, largest: 0.12 } });

const gpu = webgpu({ software: true });
const here = await gpu.available();
if (here.available) testEngine(gpu, { toExact: { average: 0.009, largest: 0.12 } });
else {
  const notice = `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
  console.warn(`the CRF is not tested on webgpu: ${notice}`);
  describe.skip('the contract of engines, by "webgpu"', () => it(notice));
}
