import type { Runtime } from '@atrous/core';

/** What onnxruntime is given and returns. */
export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** A model that onnxruntime has loaded. */
export interface OnnxSession {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** How onnxruntime runs a model. */
export interface OnnxSessionOptions {
  readonly executionProviders: readonly string[];
  readonly intraOpNumThreads?: number;
  /** 0: everything … 4: only what is fatal. */
  readonly logSeverityLevel?: 0 | 1 | 2 | 3 | 4;
}

/** The part of onnxruntime that is used: `onnxruntime-node`, `onnxruntime-web` and `onnxruntime-react-native` have it in common. */
export interface OnnxEngine {
  readonly InferenceSession: {
    create(model: Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
}

/** How to get at an onnxruntime, and what to run on it. */
export interface OnnxBackend {
  readonly name: string;
  readonly description: string;
  /** Called once, when the runtime is first used. May throw a `BackendError`. */
  load(): Promise<OnnxEngine>;
  readonly session: OnnxSessionOptions;
  /** Takes the labels of enlarged logits, where it does so faster: onnxruntime would store the enlarged ones, and go through them again. */
  readonly tail?: Runtime | undefined;
  /** What is used, once it is loaded: version, provider, threads. */
  describe(): string;
}
