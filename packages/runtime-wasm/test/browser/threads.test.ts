import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { headlessUnavailable } from '../../../../tools/headless/index.js';
import { servePages } from '../../../../tools/headless/serve-pages.js';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';
import type { InPage } from './page/main.ts';

declare const inPage: InPage;
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  largestDifference(Float32Array.from(a), Float32Array.from(b)).value;

describe.skipIf(headlessUnavailable())('the runtime in Chromium', () => {
  const open = servePages(new URL('page/', import.meta.url));

  it('gives what the reference does, on one thread and on several, which end with the executable', async () => {
    const { graph, weights } = smallNetwork();
    using reference = await referenceRuntime().compile(graph, weights);
    const { logits } = await reference.run(randomTensor('photo', [1, 65, 65, 3]));
    const page = await open();
    const alone = await page.evaluate(() => inPage.logits(1));
    expect(difference(alone, logits!.data)).toBeLessThan(1e-5);
    expect(page.workers()).toHaveLength(0);
    expect(await page.evaluate(() => inPage.detail(3))).toMatchObject({ detail: 'WebAssembly with SIMD, 3 threads' });
    expect(await page.evaluate(() => inPage.logits(3))).toEqual(alone);
    expect(page.workers()).toHaveLength(3);
    await page.evaluate(() => inPage.dispose());
    await expect.poll(() => page.workers()).toHaveLength(0);
    await page.close();
  });

  it('gives the same with relaxed SIMD but for rounding, and chooses by measuring', async () => {
    const page = await open();
    const alone = await page.evaluate(() => inPage.logits(1));
    for (const threads of [1, 2]) {
      const { logits, isChoice } = await page.evaluate((wanted) => inPage.relaxed(wanted), threads);
      expect(difference(logits, alone)).toBeLessThan(1e-5);
      expect(isChoice).toBe(true);
    }
    await page.close();
  });

  it('is one thread where the page is not isolated', async () => {
    const page = await open(false);
    const alone = await page.evaluate(() => inPage.logits(1));
    expect(await page.evaluate(() => inPage.detail(2))).toMatchObject({ detail: 'WebAssembly with SIMD, one thread' });
    expect(await page.evaluate(() => inPage.logits(2))).toEqual(alone);
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('says so where the page may not start threads', async () => {
    const page = await open(true, "worker-src 'self'");
    await expect(page.evaluate(() => inPage.logits(2))).rejects.toThrow(/a thread of the runtime failed/);
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('stops when aborted, and works on', async () => {
    const page = await open();
    const { reason, logits } = await page.evaluate(() => inPage.abortMidway(2));
    expect(reason).toBe('Error: enough');
    expect(logits).toEqual(await page.evaluate(() => inPage.logits(1)));
    await page.close();
  });

  it('says so when a thread ends, and ends the others', async () => {
    const page = await open();
    const failures = await page.evaluate(() => inPage.killMidway(2));
    const message = expect.stringMatching(/a thread of the runtime failed: it has ended/) as unknown;
    expect(failures).toEqual([message, message]);
    // one that waits for another is given some seconds by Chromium
    await expect.poll(() => page.workers(), { timeout: 20_000 }).toHaveLength(0);
    await page.close();
  });
});
