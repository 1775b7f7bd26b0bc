import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledChromiumRunsHere, headlessUnavailable, launchChromium, serve } from '../../../tools/headless/index.js';

const inPage = async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const gl = document.createElement('canvas').getContext('webgl2');
  return {
    webgpu: adapter?.info.architecture ?? 'none',
    floatTargets: gl?.getExtension('EXT_color_buffer_float') !== null && gl !== null,
    isolated: globalThis.crossOriginIsolated,
  };
};

describe.skipIf(headlessUnavailable())('headless Chromium', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-serve-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>served</title>');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has WebGPU, WebGL 2 with float targets and cross-origin isolation', async () => {
    const server = await serve(folder);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(server.url);
      expect(await page.title()).toBe('served');
      expect(await page.evaluate(inPage)).toEqual({ webgpu: 'swiftshader', floatTargets: true, isolated: true });
    } finally {
      await browser.close();
      await server.close();
    }
  });

  it('answers 404 for a file that is not there', async () => {
    const server = await serve(folder);
    const response = await fetch(new URL('missing.json', server.url));
    await server.close();
    expect(response.status).toBe(404);
  });
});

describe.skipIf(!bundledChromiumRunsHere())('with-swiftshader', () => {
  it('gives Dawn in Node a device', async () => {
    const runner = fileURLToPath(new URL('../../../tools/headless/with-swiftshader.js', import.meta.url));
    const script = `
      const { create } = await import('webgpu');
      const adapter = await create([]).requestAdapter();
      console.log(adapter?.info.architecture ?? 'none');
      process.exit(0);`;
    const argv = [runner, process.execPath, '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: import.meta.dirname });
    expect(stdout.trim()).toBe('swiftshader');
  });
});
