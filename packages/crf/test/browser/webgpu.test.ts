import { largestDifference } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { headlessUnavailable } from '../../../../tools/headless/index.js';
import { servePages } from '../../../../tools/headless/serve-pages.js';
import type { InPage } from './page/main.ts';

declare const inPage: InPage;

describe.skipIf(headlessUnavailable())('the CRF on WebGPU in Chromium', () => {
  const open = servePages(new URL('page/', import.meta.url));

  it('gives what the lattice gives, and labels alone from the device', async () => {
    const page = await open();
    const { marginals, labels } = await page.evaluate(() => inPage.onGpu());
    const expected = await page.evaluate(() => inPage.allLabels());
    expect(largestDifference(Float32Array.from(marginals), Float32Array.from(expected)).value).toBeLessThan(1e-5);
    const rows = labels.map((_, pixel) => marginals.slice(pixel * 5, pixel * 5 + 5));
    expect(labels).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
    await page.close();
  });

  it('is passed over by "auto" where it is computed in software, with a word', async () => {
    const page = await open();
    const { engine, notices } = await page.evaluate(() => inPage.chosen());
    expect(engine).toBe('lattice');
    expect(notices).toEqual([expect.stringContaining('"webgpu" does not work here, the only WebGPU adapter')]);
    await page.close();
  });

  it('fetches its code only where it is used', async () => {
    const page = await open();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.evaluate(() => inPage.marginals(1));
    expect(fetched).toEqual([]);
    await page.evaluate(() => inPage.onGpu());
    expect(fetched.filter((address) => address.includes('webgpu'))).toHaveLength(1);
    await page.close();
  });
});
