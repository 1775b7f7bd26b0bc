// @ts-check
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { bundledChromiumRunsHere } from './platform.js';
import { unpackChromium } from './unpack.js';

/**
 * Environment in which Dawn for Node (the npm package `webgpu`) finds SwiftShader, a Vulkan device in software.
 *
 * The dynamic loader reads `LD_LIBRARY_PATH` when a process starts, so setting these in a running process does nothing:
 * start a new one with them, for example through `with-swiftshader.js`.
 *
 * @returns {Promise<Record<string, string>>} variables to add to the environment of a child process
 * @throws Error on machines other than Linux x64 with glibc
 */
export async function swiftshaderEnvironment() {
  if (!bundledChromiumRunsHere())
    throw new Error(
      `SwiftShader is packaged for Linux x64 with glibc only, this is ${process.platform} ${process.arch}`,
    );
  const folder = await unpackChromium();
  const runtimeFolder = join(folder, 'xdg-runtime');
  await mkdir(runtimeFolder, { recursive: true, mode: 0o700 });
  const libraries = [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  return {
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: libraries,
    XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? runtimeFolder,
  };
}
