import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine, util } from '@tensorflow/tfjs-core';
import type { DeviceTensor } from '../kernel.ts';
import type { Dialect, RunShader } from './shader.ts';

const WORKGROUP_SIZE = 64;

const wgsl: Dialect = {
  float: (name, value) => `var ${name} : f32 = ${value};`,
  int: (name, value) => `var ${name} : i32 = ${value};`,
  loop: (name, from, to, body) =>
    `for (var ${name} : i32 = ${from}; ${name} < ${to}; ${name} = ${name} + 1) { ${body} }`,
};

/** Constants are uniforms, so that one pipeline serves all sizes. */
export const runOnWebGpu: RunShader = <T extends DeviceTensor>({
  name,
  outputShape,
  inputs,
  constants,
  body,
}: Parameters<RunShader>[0]) => {
  const backend = engine().backend as WebGPUBackend;
  const size = util.sizeFromShape([...outputShape]);
  const names = Object.keys(constants);
  const program = {
    shaderKey: name,
    variableNames: Object.keys(inputs),
    outputShape: [...outputShape],
    workgroupSize: [WORKGROUP_SIZE, 1, 1] as [number, number, number],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / WORKGROUP_SIZE), 1, 1] as [number, number, number],
    size: true,
    uniforms: names.map((constant) => `${constant} : i32, `).join(''),
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let at = getCoordsFromIndex(index);
          ${names.map((constant) => `let ${constant} = uniforms.${constant};`).join(' ')}
          var value : f32 = 0.0;
          ${body(wgsl)}
          setOutputAtIndex(index, value);
        }
      }`,
  };
  const uniforms = names.map((constant) => ({ type: 'int32', data: [constants[constant]!] }));
  return engine().makeTensorFromTensorInfo(
    backend.runWebGPUProgram(program, Object.values(inputs), 'float32', uniforms),
  ) as T;
};
