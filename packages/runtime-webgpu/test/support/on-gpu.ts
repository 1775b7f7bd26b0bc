import { describe } from 'vitest';
import { webgpu } from '../../src/webgpu.ts';

/** Runs on a graphics card, or in software. Tests of a file share its device: programs take a while to compile in software. */
export const runtime = webgpu({ software: true, precision: 'float32' });

const here = await runtime.available();
const why = here.available
  ? ''
  : `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
if (!here.available) console.warn(`runtime-webgpu is not tested: ${why}`);

/** A suite that is skipped, by the reason, where there is no GPU. */
export const describeOnGpu = (name: string, suite: () => void): void => {
  describe.skipIf(!here.available)(here.available ? name : `${name}: ${why}`, suite);
};
