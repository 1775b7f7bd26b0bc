import * as all from '@atrous/runtime-tfjs';
import * as cpu from '@atrous/runtime-tfjs/cpu';
import * as node from '@atrous/runtime-tfjs/node';
import * as wasm from '@atrous/runtime-tfjs/wasm';
import * as webgl from '@atrous/runtime-tfjs/webgl';
import * as webgpu from '@atrous/runtime-tfjs/webgpu';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all)).toEqual(['createTfjsRuntime', 'fusedKernels']);
});

it('exports each backend from where it alone is loaded', () => {
  expect(Object.keys(cpu)).toEqual(['cpu']);
  expect(Object.keys(node)).toEqual(['tensorflow']);
  expect(Object.keys(wasm)).toEqual(['wasm']);
  expect(Object.keys(webgl)).toEqual(['webgl']);
  expect(Object.keys(webgpu)).toEqual(['webgpu']);
});
