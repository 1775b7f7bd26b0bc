import { largestDifference } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { headlessUnavailable } from '../../../../tools/headless/index.js';
import { servePages } from '../../../../tools/headless/serve-pages.js';
import type { InPage } from './page/main.ts';

declare const inPage: InPage;
const difference = (a: readonly number[], b: readonly number[]): number =>
  largestDifference(Float32Array.from(a), Float32Array.from(b)).value;

describe.skipIf(headlessUnavailable())('threads of the lattice in Chromium', () => {
  const open = servePages(new URL('page/', import.meta.url));

  it('gives what one thread gives, and ends with the engine', async () => {
    const page = await open();
    const alone = await page.evaluate(() => inPage.marginals(1));
    expect(page.workers()).toHaveLength(0);
    const together = await page.evaluate(() => inPage.marginals(2));
    expect(await page.evaluate(() => inPage.detail())).toMatchObject({ detail: 'WebAssembly with SIMD, 2 threads' });
    expect(page.workers()).toHaveLength(2);
    expect(alone).toHaveLength(40 * 30 * 5);
    expect(difference(together, alone)).toBeLessThan(1e-5);
    await page.evaluate(() => inPage.endEngine());
    await expect.poll(() => page.workers()).toHaveLength(0);
    expect(await page.evaluate(() => inPage.again())).toEqual(together);
    await expect.poll(() => page.workers()).toHaveLength(0);
    await page.close();
  });

  it('is one where the page is not isolated', async () => {
    const page = await open(false);
    const alone = await page.evaluate(() => inPage.marginals(1));
    expect(await page.evaluate(() => inPage.marginals(2))).toEqual(alone);
    expect(await page.evaluate(() => inPage.detail())).toMatchObject({ detail: 'WebAssembly with SIMD' });
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('says so where the page may not start them', async () => {
    const page = await open(true, "worker-src 'self'");
    await expect(page.evaluate(() => inPage.marginals(2))).rejects.toThrow(/a thread of the lattice failed/);
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('stops when aborted, and works on', async () => {
    const page = await open();
    const { reason, marginals } = await page.evaluate(() => inPage.abortMidway(2));
    expect(reason).toBe('Error: enough');
    expect(difference(marginals, await page.evaluate(() => inPage.marginals(1)))).toBeLessThan(1e-5);
    await expect.poll(() => page.workers()).toHaveLength(0);
    await page.close();
  });

  it('says so when one of them ends, and begins anew with the next field', async () => {
    const page = await open();
    const failures = await page.evaluate(() => inPage.killMidway(2));
    const message = expect.stringMatching(/a thread of the lattice failed: it has ended/) as unknown;
    expect(failures).toEqual([message, message]);
    // one that waits for another is given some seconds by Chromium
    await expect.poll(() => page.workers(), { timeout: 20_000 }).toHaveLength(0);
    await page.evaluate(() => inPage.endField());
    const again = await page.evaluate(() => inPage.again());
    expect(page.workers()).toHaveLength(2);
    expect(difference(again, await page.evaluate(() => inPage.marginals(1)))).toBeLessThan(1e-5);
    await page.close();
  });
});
