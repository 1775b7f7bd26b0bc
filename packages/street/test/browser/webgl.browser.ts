import { webgl } from '@atrous/runtime-tfjs/webgl';
import { expect, it } from 'vitest';
import { labelsAlike } from '../support/labels-alike.ts';

it('labels a street alike', async () => {
  // Chromium without a graphics card does WebGL in software.
  expect(await labelsAlike(webgl({ software: true }))).toBeGreaterThanOrEqual(0.999);
});
