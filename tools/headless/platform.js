// @ts-check
import { existsSync } from 'node:fs';
import process from 'node:process';

/**
 * Why headless Chromium cannot run here, or `undefined` when it can.
 *
 * The npm package carries a Linux x64 build; elsewhere `ATROUS_CHROMIUM` may name an installed Chromium or Chrome.
 *
 * @returns {string | undefined}
 */
export function headlessUnavailable() {
  if (process.env['ATROUS_CHROMIUM'] || bundledChromiumRunsHere()) return undefined;
  return `the headless Chromium from npm is for Linux x64 with glibc, this is ${process.platform} ${process.arch}; set ATROUS_CHROMIUM to the path of a Chromium or Chrome`;
}

/**
 * Whether the Chromium and SwiftShader of the npm package run on this machine.
 *
 * @returns {boolean}
 */
export const bundledChromiumRunsHere = () =>
  // The loader of glibc: the programs do not run on musl.
  process.platform === 'linux' && process.arch === 'x64' && existsSync('/lib64/ld-linux-x86-64.so.2');
