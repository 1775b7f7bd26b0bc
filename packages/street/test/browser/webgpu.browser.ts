import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { expect, it } from 'vitest';
import { labelsAlike } from '../support/labels-alike.ts';

it('labels a street alike', async () => {
  expect(await labelsAlike(webgpu())).toBeGreaterThanOrEqual(0.999);
});
