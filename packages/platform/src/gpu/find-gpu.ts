import { BackendError } from '@atrous/core';
import type { AdapterAdvice } from './advice.ts';
import { loadDawn } from './load-dawn.ts';
import { isPlainNode, mayHaveCard } from './may-have-card.ts';

/**
 * WebGPU of the browser, or in Node of the npm package `webgpu`. Nothing is put into the global scope. In Node, hold it as long as its devices.
 *
 * @param software whether it may be one without a graphics card.
 * @throws BackendError `PACKAGE_MISSING` or `NO_ADAPTER` in Node, `NO_WEBGPU` in a browser without it.
 */
export async function findGpu(software: boolean, advice: AdapterAdvice): Promise<GPU> {
  if (isPlainNode()) {
    if (software || mayHaveCard()) return (await loadDawn()).create([]);
    throw new BackendError('this machine has no graphics card', {
      code: 'NO_ADAPTER',
      hint: `${advice.otherwise}; ${advice.software} takes a Vulkan driver in software too`,
    });
  }
  if ('gpu' in navigator) return navigator.gpu;
  throw new BackendError('this browser has no WebGPU', {
    code: 'NO_WEBGPU',
    hint: `use a browser of 2023 or later and a secure page, or ${advice.otherwise}`,
  });
}
