import { BackendError, createGraphBuilder, tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { createOnnxRuntime, type OnnxBackend, type OnnxEngine } from '../src/index.ts';
import { toBackendError } from '../src/backend-error.ts';
import { loadEngine } from '../src/load-engine.ts';
import { onnx } from '../src/node.ts';
import { onnxWeb } from '../src/web.ts';

const builder = createGraphBuilder();
const graph = builder.build({ y: builder.activation(builder.input(), 'relu') });

const backendOver = (load: () => Promise<OnnxEngine>): OnnxBackend => ({
  ...{ name: 'fake', description: 'For tests', session: { executionProviders: ['cpu'] }, describe: () => 'fake', load },
});

/** An onnxruntime that answers every run with the same numbers. */
const engineThatAnswers = (answer: Float32Array): OnnxEngine => ({
  InferenceSession: {
    create: () =>
      Promise.resolve({
        run: () => Promise.resolve({ activation: { data: answer, dims: [1, 1, 4, 1] } }),
        release: () => Promise.resolve(),
      }),
  },
  Tensor: class {
    readonly data: unknown;
    readonly dims: readonly number[];
    constructor(_type: 'float32', data: Float32Array, dims: readonly number[]) {
      this.data = data;
      this.dims = dims;
    }
  },
});

describe('starting', () => {
  it('names runtimes after their providers', () => {
    const names = [onnx(), onnx({ provider: 'webgpu' }), onnxWeb(), onnxWeb({ provider: 'webgpu' })];
    expect(names.map(({ name }) => name)).toEqual(['onnx', 'onnx-webgpu', 'onnx-web', 'onnx-web-webgpu']);
  });

  it('says what is wrong, not where in the sources of onnxruntime', () => {
    const thrown = new Error(
      '/src/webgpu_context.cc:136 onnxruntime::Initialize(const Config&)::<lambda()> status == Success was false. No adapter\n',
    );
    expect(toBackendError(thrown, 'onnx-webgpu', 'loading').message).toBe(
      '"onnx-webgpu" failed at loading: No adapter',
    );
  });

  it('says what to install where the package is missing; compile throws the same, and later it is tried again', async () => {
    let attempts = 0;
    const missing = createOnnxRuntime(
      backendOver(() => loadEngine('onnxruntime-node', () => Promise.reject(new Error(`attempt ${++attempts}`)))),
    );
    expect(await missing.available()).toEqual({
      available: false,
      reason: 'the package "onnxruntime-node" could not be loaded',
      hint: 'npm install onnxruntime-node@1.30.0, or use another runtime',
    });
    const refused = expect(missing.compile(graph, new Map())).rejects;
    await refused.toMatchObject({ code: 'PACKAGE_MISSING', cause: new Error('attempt 2') });
  });

  it('refuses an engine that computes something else', async () => {
    const right = createOnnxRuntime(backendOver(async () => engineThatAnswers(Float32Array.of(0, 4, 8, 12))));
    expect(await right.available()).toEqual({ available: true, detail: 'fake' });
    const wrong = createOnnxRuntime(backendOver(async () => engineThatAnswers(Float32Array.of(0, 4, 8, 13))));
    const refused = {
      name: 'BackendError',
      code: 'SELF_TEST',
      message: '"fake" computes 0,4,8,13 instead of 0,4,8,12',
    };
    await expect(wrong.compile(graph, new Map())).rejects.toMatchObject(refused);
  });

  it('reports a provider that is not there as one that does not work here', async () => {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const backend = {
      ...backendOver(async () => ({ InferenceSession, Tensor })),
      session: { executionProviders: ['abacus'] },
    };
    const here = await createOnnxRuntime(backend).available();
    expect(here).toMatchObject({ available: false, reason: expect.stringContaining('abacus') as string });
  });

  it('turns what onnxruntime throws into typed errors', async () => {
    const engine = engineThatAnswers(Float32Array.of(0, 4, 8, 12));
    const failing = (message: string) => {
      let sessions = 0;
      const create = async () => {
        const session = await engine.InferenceSession.create(new Uint8Array(), { executionProviders: [] });
        return sessions++ === 0 ? session : { ...session, run: () => Promise.reject(new Error(message)) };
      };
      return createOnnxRuntime(backendOver(async () => ({ ...engine, InferenceSession: { create } })));
    };
    const run = async (message: string): Promise<unknown> => {
      using executable = await failing(message).compile(graph, new Map());
      return await executable.run(tensor(new Float32Array(3), [1, 1, 1, 3]));
    };
    await expect(run('std::bad_alloc')).rejects.toMatchObject({ code: 'OUT_OF_MEMORY', name: BackendError.name });
    await expect(run('a bad day')).rejects.toMatchObject({
      code: 'BACKEND',
      message: '"fake" failed at running the network: a bad day',
    });
  });
});
