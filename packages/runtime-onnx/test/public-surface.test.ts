import * as all from '@atrous/runtime-onnx';
import * as node from '@atrous/runtime-onnx/node';
import * as web from '@atrous/runtime-onnx/web';
import * as write from '@atrous/runtime-onnx/write';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all)).toEqual(['createOnnxRuntime']);
});

it('exports each onnxruntime, and the writer, from where it alone is loaded', () => {
  expect(Object.keys(node)).toEqual(['onnx']);
  expect(Object.keys(web)).toEqual(['onnxWeb']);
  expect(Object.keys(write)).toEqual(['onnxTarget', 'writeOnnx']);
});
