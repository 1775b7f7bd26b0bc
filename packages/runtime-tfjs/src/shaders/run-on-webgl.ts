import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { engine } from '@tensorflow/tfjs-core';
import type { DeviceTensor } from '../kernel.ts';
import type { Dialect, RunShader } from './shader.ts';

const glsl: Dialect = {
  float: (name, value) => `float ${name} = ${value};`,
  int: (name, value) => `int ${name} = ${value};`,
  loop: (name, from, to, body) => `for (int ${name} = ${from}; ${name} < ${to}; ${name}++) { ${body} }`,
};

/** Constants stand in the program, which tfjs compiles anew for every shape anyway. */
export const runOnWebGl: RunShader = <T extends DeviceTensor>({
  outputShape,
  inputs,
  constants,
  body,
}: Parameters<RunShader>[0]) => {
  const backend = engine().backend as MathBackendWebGL;
  const program = {
    variableNames: Object.keys(inputs),
    outputShape: [...outputShape],
    userCode: `
      void main() {
        ivec${outputShape.length} at = getOutputCoords();
        ${Object.entries(constants)
          .map(([constant, value]) => `const int ${constant} = ${value};`)
          .join(' ')}
        float value = 0.0;
        ${body(glsl)}
        setOutput(value);
      }`,
  };
  return engine().makeTensorFromTensorInfo(backend.runWebGLProgram(program, Object.values(inputs), 'float32')) as T;
};
