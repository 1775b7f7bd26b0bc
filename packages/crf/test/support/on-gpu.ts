import { webgpu } from '@atrous/crf/webgpu';
import { describe } from 'vitest';

/** The engine on a graphics card, or in software. Tests of a file share its device: programs take a second to compile in software. */
export const gpu = webgpu({ software: true });

const here = await gpu.available();
const why = here.available
  ? ''
  : `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
if (!here.available) console.warn(`the CRF is not tested on webgpu: ${why}`);

/** A suite that is skipped, by the reason, where there is no GPU. */
export const describeOnGpu = (name: string, suite: () => void): void => {
  describe.skipIf(!here.available)(here.available ? name : `${name}: ${why}`, suite);
};
