export { createOnnxRuntime } from './create-onnx-runtime.ts';
export type { OnnxBackend, OnnxEngine, OnnxSession, OnnxSessionOptions, OnnxTensor } from './onnx-engine.ts';
