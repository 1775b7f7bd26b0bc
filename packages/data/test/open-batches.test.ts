import { DataError } from '@atrous/core';
import { encodeMask, encodePng, openBatches, type BatchRecipe } from '@atrous/data/node';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildWorker } from './support/build-worker.ts';

let worker: Awaited<ReturnType<typeof buildWorker>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrous-batches-'));
  for (const name of ['images', 'masks']) mkdirSync(join(folder, name));
  for (let i = 0; i < 5; i++) {
    const data = Uint8ClampedArray.from({ length: 32 * 24 * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (at * (i + 3)) % 251,
    );
    writeFileSync(join(folder, `images/${i}.png`), encodePng({ width: 32, height: 24, data }));
    const ids = Uint8Array.from({ length: 32 * 24 }, (_, at) => (at >> (i + 1)) % 4);
    writeFileSync(join(folder, `masks/${i}.png`), encodeMask({ width: 32, height: 24, data: ids }));
  }
  worker = await buildWorker(new URL('../src/node/workers/batch-worker.ts', import.meta.url));
});
afterAll(() => {
  worker.remove();
  rmSync(folder, { recursive: true });
});

const recipe: Omit<BatchRecipe, 'dataset'> = {
  normalisation: { channelOrder: 'rgb', mean: [10, 20, 30], std: [2, 4, 5] },
  transforms: [
    { kind: 'scale', range: [0.5, 2] },
    { kind: 'rotate', degrees: 10, fill: [10, 20, 30], ignoreLabel: 11 },
    { kind: 'balanced-crop', size: [16, 16], fill: [10, 20, 30], ignoreLabel: 11, classWeights: [1, 2, 3], tries: 3 },
    { kind: 'flip' },
    { kind: 'photometric', brightness: 0.2, contrast: 0.2, saturation: 0.2 },
    { kind: 'blur', probability: 0.5, sigma: [0.5, 1] },
  ],
  batchSize: 2,
  seed: 7,
};

type Opened = Awaited<ReturnType<typeof openBatches>>;
const opened: Opened[] = [];
const open = async (workers: number, changes: Partial<BatchRecipe> = {}, script = worker.script): Promise<Opened> => {
  const batches = await openBatches(
    { dataset: { kind: 'pairs', path: folder, classes: 'camvid' }, ...recipe, ...changes },
    { workers, script },
  );
  opened.push(batches);
  return batches;
};
afterEach(() => Promise.all(opened.splice(0).map((batches) => batches.dispose())));

describe('openBatches', () => {
  it('gives the same batches for any number of workers, in any order of steps', async () => {
    const [none, one, three] = [await open(0), await open(1), await open(3)];
    expect(one.stepsPerEpoch).toBe(3);
    expect(one.labels).toEqual(none.labels);
    for (const step of [0, 1, 2, 3, 9, 4, 4]) {
      const expected = await none.batch(step);
      expect(expected.images.shape).toEqual([2, 16, 16, 3]);
      expect(await one.batch(step)).toEqual(expected);
      expect(await three.batch(step)).toEqual(expected);
    }
    expect(await one.batch(0)).not.toEqual(await one.batch(1));
  });

  it('gives batches that are asked for at once, each its own', async () => {
    const batches = await open(2);
    const local = await open(0);
    const steps = [3, 4, 5];
    const all = await Promise.all(steps.map((step) => batches.batch(step)));
    expect(all).toEqual(await Promise.all(steps.map((step) => local.batch(step))));
  });

  it('passes errors through with class, code and hint, and goes on afterwards', async () => {
    const root = join(folder, 'broken');
    for (const name of ['images', 'masks']) mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, 'classes.txt'), 'a\nb\n');
    writeFileSync(join(root, 'images/x.png'), encodePng({ width: 20, height: 20, data: new Uint8ClampedArray(1600) }));
    const mask = encodeMask({ width: 20, height: 20, data: new Uint8Array(400) });
    writeFileSync(join(root, 'masks/x.png'), mask.subarray(0, 80));
    const batches = await open(1, { dataset: { kind: 'pairs', path: root } });
    const failure = await batches.batch(0).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataError);
    expect(failure).toMatchObject({ code: 'IMAGE_BROKEN', message: expect.stringContaining('x.png') as string });
    writeFileSync(join(root, 'masks/x.png'), mask);
    // Those made ahead failed too.
    expect((await batches.batch(20)).labels.shape).toEqual([2, 16, 16]);
  });

  it('stops waiting when it is aborted, and goes on afterwards', async () => {
    const batches = await open(1);
    const controller = new AbortController();
    const waiting = batches.batch(0, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(batches.batch(0, { signal: controller.signal })).rejects.toThrow('enough');
    expect(await batches.batch(0)).toEqual(await (await open(0)).batch(0));
  });

  it('rejects whoever waits when it is disposed of', async () => {
    const batches = await open(1);
    const waiting = [0, 1, 2].map((step) => batches.batch(step));
    const ended = Promise.allSettled(waiting);
    await batches.dispose();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(batches.batch(0)).rejects.toMatchObject({ code: 'BATCHES_DISPOSED' });
  });

  it('says that a worker ended by itself, and does not wait for ever', async () => {
    const script = join(folder, 'dies.mjs');
    writeFileSync(
      script,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
    );
    const batches = await open(2, {}, pathToFileURL(script));
    for (const step of [0, 1])
      await expect(batches.batch(step)).rejects.toMatchObject({ code: 'WORKER_FAILED', message: /code 3/ });
    writeFileSync(script, "throw new Error('no such module');");
    const others = await open(1, {}, pathToFileURL(script));
    await expect(others.batch(0)).rejects.toMatchObject({ code: 'WORKER_FAILED', message: /no such module/ });
  });

  it('prepares them in the main thread where the script is not there', async () => {
    const batches = await open(2, {}, pathToFileURL(join(folder, 'absent.mjs')));
    expect(await batches.batch(2)).toEqual(await (await open(0)).batch(2));
  });

  it('refuses what is wrong before any thread is started', async () => {
    await expect(open(-1)).rejects.toThrow(/by -1 workers/);
    await expect(open(1, { dataset: { kind: 'nothing', path: 'x' } })).rejects.toMatchObject({ code: 'DATASET_KIND' });
    await expect(open(1, { transforms: [{ kind: 'scale', range: [2, 1] }] })).rejects.toThrow(/scaled by 2 to 1/);
  });
});
