// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { headlessUnavailable } from './platform.js';
import { unpackChromium } from './unpack.js';

const args = [
  // WebGPU stays hidden on software adapters and on Linux without this.
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // WebGL 2 falls back to SwiftShader only when asked to.
  '--enable-unsafe-swiftshader',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Further arguments with which WebGPU draws on canvases and reads video frames, in software as well. Without them Chromium finds no memory that
 * WebGPU and its compositor can share, and its GPU process crashes. Pages are composited by SwiftShader then, which takes longer.
 */
export const webgpuCanvasArgs = ['--enable-skia-graphite', '--use-angle=swiftshader'];

/**
 * How to start headless Chromium with WebGPU and WebGL 2 on SwiftShader; for playwright, also that of vitest's browser mode.
 *
 * @param {{ args?: readonly string[] }} [options] further command line arguments
 * @returns {Promise<import('playwright').LaunchOptions>}
 * @throws Error where the bundled Chromium does not run and `ATROUS_CHROMIUM` names no other
 */
export async function chromiumLaunchOptions(options = {}) {
  const unavailable = headlessUnavailable();
  if (unavailable) throw new Error(unavailable);
  const installed = process.env['ATROUS_CHROMIUM'];
  const folder = installed ? undefined : await unpackChromium();
  return {
    executablePath: installed ?? join(/** @type {string} */ (folder), 'chromium'),
    args: [...args, ...(options.args ?? [])],
    // With it neither WebGPU nor WebGL finds an adapter.
    ignoreDefaultArgs: ['--disable-gpu'],
    env: { ...process.env, ...(folder ? bundledEnvironment(folder) : {}) },
  };
}

/**
 * Starts headless Chromium. Close it with `browser.close()`.
 *
 * @param {{ args?: readonly string[] }} [options] further command line arguments
 * @returns {Promise<import('playwright').Browser>}
 * @throws Error as {@link chromiumLaunchOptions}
 */
export const launchChromium = async (options = {}) => chromium.launch(await chromiumLaunchOptions(options));

/**
 * Chromium with the libraries it came with, so that it starts on systems that have none of them. Systems without any
 * font configuration would draw boxes for letters; the package brings one font for them.
 *
 * @param {string} folder
 * @returns {Record<string, string>}
 */
const bundledEnvironment = (folder) => ({
  LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter),
  ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
});
