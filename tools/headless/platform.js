// @ts-check
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
  return `no headless Chromium for ${process.platform} ${process.arch}; set ATROUS_CHROMIUM to the path of a Chromium or Chrome`;
}

/**
 * Whether the Chromium and SwiftShader of the npm package run on this machine.
 *
 * @returns {boolean}
 */
export const bundledChromiumRunsHere = () => process.platform === 'linux' && process.arch === 'x64';
