import { createGraphBuilder } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { cpu } from '../src/cpu.ts';
import { createTfjsRuntime } from '../src/index.ts';
import * as surface from '../src/index.ts';
import { tensorflow } from '../src/node.ts';
import { wasm } from '../src/wasm.ts';
import { webgl } from '../src/webgl.ts';
import { webgpu } from '../src/webgpu.ts';

const builder = createGraphBuilder();
const graph = builder.build({ y: builder.activation(builder.input(), 'relu') });

describe('availability', () => {
  it('says what WASM and the CPU run on', async () => {
    expect(await wasm().available()).toEqual({ available: true, detail: 'WebAssembly with SIMD, one thread' });
    expect(await cpu().available()).toEqual({ available: true, detail: 'plain JavaScript, float32' });
  });

  it('says why WebGL and native TensorFlow do not work here and what to do, and compile throws the same', async () => {
    expect(await webgl().available()).toEqual({
      available: false,
      reason: 'WebGL needs a browser',
      hint: 'in Node use the wasm, webgpu or tensorflow runtime',
    });
    expect(await tensorflow({ gpu: true }).available()).toMatchObject({
      available: false,
      reason: 'the package "@tensorflow/tfjs-node-gpu" could not be loaded',
      hint: expect.stringContaining('npm install @tensorflow/tfjs-node-gpu') as string,
    });
    await expect(webgl().compile(graph, new Map())).rejects.toMatchObject({ name: 'BackendError', code: 'NO_WEBGL' });
    await expect(tensorflow({ gpu: true }).compile(graph, new Map())).rejects.toMatchObject({
      code: 'PACKAGE_MISSING',
    });
  });

  it('does not stop the runtimes that follow', async () => {
    await webgl().available();
    using executable = await wasm().compile(graph, new Map());
    const { y } = await executable.run({ shape: [1, 1, 1, 3], data: Float32Array.of(-1, 0, 2) });
    expect([...(y?.data ?? [])]).toEqual([0, 0, 2]);
  });

  it('reports a backend that tfjs cannot start, and tries again later', async () => {
    let attempts = 0;
    const runtime = createTfjsRuntime({
      name: 'absent',
      description: 'Was never registered',
      tfjsName: 'absent',
      quirks: {},
      load: () => Promise.resolve(void attempts++),
      describe: () => '',
    });
    expect(await runtime.available()).toMatchObject({ available: false });
    expect(await runtime.available()).toMatchObject({ available: false });
    expect(attempts).toBe(2);
  });
});

describe('names', () => {
  it('are those of the backends', () => {
    expect([wasm(), webgpu(), webgl(), cpu(), tensorflow()].map(({ name }) => name)).toEqual([
      'wasm',
      'webgpu',
      'webgl',
      'cpu',
      'tensorflow',
    ]);
  });

  it('of the entry that all share stay few', () => {
    expect(Object.keys(surface)).toEqual(['createTfjsRuntime', 'fusedKernels']);
  });
});
