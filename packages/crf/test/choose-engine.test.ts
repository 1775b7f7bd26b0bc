import { BackendError } from '@atrous/core';
import { createDenseCrf, denseCrf, type CrfEngine } from '@atrous/crf';
import { lattice } from '@atrous/crf/lattice';
import { webgpu } from '@atrous/crf/webgpu';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createEngineChooser } from '../src/choose-engine.ts';
import { describeOnGpu, gpu } from './support/on-gpu.ts';

/** As where there is no graphics card. */
const withGpu = (adapter: object | null): void =>
  void vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });
beforeEach(() => withGpu(null));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const withoutSimd = (): void => void vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
const noGpu = '"webgpu" does not work here, there is no WebGPU adapter here';
const [width, height] = [4, 3];
const image = { width, height, data: new Uint8Array(36) };
const probabilities = new Float32Array(24).fill(0.5);

it('takes the lattice where there is no graphics card, and says so', async () => {
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('lattice');
  expect(notices).toEqual([`the CRF runs on "lattice": ${noGpu}`]);
});

it('says nothing of graphics on a server', async () => {
  vi.unstubAllGlobals();
  vi.spyOn(process.getBuiltinModule('node:fs'), 'existsSync').mockReturnValue(false);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('lattice');
  expect(notices).toEqual([]);
  expect(await webgpu().available()).toMatchObject({ available: false, reason: 'this machine has no graphics card' });
});

it('passes over a graphics card that is computed', async () => {
  withGpu({ info: { vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: true } });
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('lattice');
  expect(notices[0]).toContain('computes in software (google, swiftshader)');
});

describeOnGpu('a graphics card', () => {
  it('is taken, and given back', async () => {
    using field = await gpu.prepare({ width, height, kernels: [] });
    const { device } = field;
    const destroy = vi.spyOn(device, 'destroy').mockImplementation(() => undefined);
    withGpu({ info: { vendor: 'atrous' }, limits: device.limits, requestDevice: async () => device });
    const notices: string[] = [];
    const result = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
    expect(result.engine).toBe('webgpu');
    expect(notices).toEqual([]);
    await vi.waitFor(() => expect(destroy).toHaveBeenCalledTimes(1));
  });
});

it('goes on with the next engine when one fails, and says why', async () => {
  const requestDevice = vi.fn(() => Promise.reject(new Error('the adapter is gone')));
  withGpu({ info: { vendor: 'atrous' }, limits: {}, requestDevice });
  const notices: string[] = [];
  using crf = await createDenseCrf({ image, onNotice: (notice) => void notices.push(notice) });
  expect(crf.engine).toBe('webgpu');
  expect(notices).toEqual([]);
  const { engine, marginals } = await crf.run({ probabilities });
  expect(engine).toBe('lattice');
  expect(marginals).toEqual((await denseCrf({ image, probabilities, engine: lattice() })).marginals);
  await crf.run({ probabilities });
  expect(requestDevice).toHaveBeenCalledTimes(1);
  expect(notices).toEqual(['the CRF runs on "lattice": "webgpu" does not work here, the adapter is gone']);
  await expect(crf.run({ probabilities, bilateralXyStd: -1 })).rejects.toMatchObject({ code: 'SHAPE' });
  expect(crf.engine).toBe('lattice');
});

it('leaves an engine that was asked for its failure', async () => {
  const failure = new BackendError('the device is lost', { code: 'DEVICE_LOST' });
  const engine: CrfEngine = { ...lattice(), prepare: () => Promise.reject(failure) };
  using crf = await createDenseCrf({ image, engine });
  await expect(crf.run({ probabilities })).rejects.toBe(failure);
});

it('falls back to all pairs on small pictures, and says why', async () => {
  withoutSimd();
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('exact');
  expect(notices).toEqual([
    `the CRF runs on "exact": ${noGpu}`,
    'the CRF runs on "exact": "lattice" does not work here, WebAssembly has no SIMD here',
  ]);
});

it('refuses large pictures where only all pairs are left', async () => {
  withoutSimd();
  const error: unknown = await createDenseCrf({ width: 65, height: 64, bilateralWeight: 0 }).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'BACKEND' });
  expect((error as Error).message).toContain('"exact" would take too long for 4160 pixels');
});

it('keeps an engine for pictures of other sizes, and says once why it is that one', async () => {
  withoutSimd();
  const notices: string[] = [];
  const { choose } = createEngineChooser('auto', (notice) => void notices.push(notice));
  const engine = await choose(12);
  expect(await choose(20)).toBe(engine);
  await expect(choose(65 * 64)).rejects.toMatchObject({ code: 'BACKEND' });
  expect(await choose(12)).toBe(engine);
  expect(notices).toHaveLength(2);
});

it('takes small pictures again after one that was too large', async () => {
  withoutSimd();
  using crf = await createDenseCrf({ image });
  crf.setImage({ width: 65, height: 64, data: new Uint8Array(65 * 64 * 3) });
  await expect(crf.run({ probabilities: new Float32Array(65 * 64 * 2).fill(0.5) })).rejects.toThrow('too long');
  crf.setImage(image);
  expect((await crf.run({ probabilities })).engine).toBe('exact');
});

it('shares large pictures among threads, and does without them when they fail', async () => {
  const size = { width: 512, height: 128 };
  const pixels = size.width * size.height;
  const large = { ...size, data: new Uint8Array(3 * pixels) };
  const unary = Float32Array.from({ length: 2 * pixels }, (_, i) => (i * 7) % 3);
  const notices: string[] = [];
  const threads = process.getBuiltinModule('node:worker_threads');
  const { Worker } = threads;
  onTestFinished(() => void (threads.Worker = Worker));
  const started = vi.fn();
  threads.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      started();
      super(...given);
    }
  };
  vi.spyOn(process.getBuiltinModule('node:os'), 'availableParallelism').mockReturnValue(3);
  using crf = await createDenseCrf({ image: large, iterations: 1, onNotice: (notice) => void notices.push(notice) });
  await crf.run({ unary });
  expect(started).toHaveBeenCalledTimes(3);
  crf.setImage(image);
  await crf.run({ probabilities });
  expect(started).toHaveBeenCalledTimes(3);
  started.mockImplementation(() => {
    throw new Error('no threads today');
  });
  using without = await createDenseCrf({
    image: large,
    iterations: 1,
    onNotice: (notice) => void notices.push(notice),
  });
  expect((await without.run({ unary })).engine).toBe('lattice');
  expect(notices.at(-1)).toContain('no threads today');
});

it('compiles the lattice once for pictures of any size', async () => {
  const compile = vi.spyOn(WebAssembly, 'compile');
  using crf = await createDenseCrf({ image });
  await crf.run({ probabilities });
  crf.setImage({ width: 2, height: 3, data: new Uint8Array(18) });
  await crf.run({ probabilities: probabilities.subarray(0, 12) });
  expect(compile).toHaveBeenCalledTimes(1);
});
