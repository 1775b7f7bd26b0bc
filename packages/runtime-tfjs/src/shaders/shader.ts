import type { DeviceTensor } from '../kernel.ts';

/**
 * What WGSL and GLSL say differently. Everything else that kernels need, such as assignments, arithmetic, `if` and the functions of numbers,
 * both say alike.
 */
export interface Dialect {
  /** Declares a variable. */
  readonly float: (name: string, value: string) => string;
  readonly int: (name: string, value: string) => string;
  /** Counts `name` from `from` to just before `to`. */
  readonly loop: (name: string, from: string, to: string, body: string) => string;
}

/** A program for the GPU that computes every number of its output by itself. */
export interface Shader {
  /** Programs of one name have the same body. */
  readonly name: string;
  /** Of rank 2 or 3. */
  readonly outputShape: readonly number[];
  /** Tensors by the name under which the body reads them: `dy` as `getDy(row, column)`, by as many indices as it has dimensions. */
  readonly inputs: Readonly<Record<string, DeviceTensor>>;
  /** Whole numbers that the body knows by name. */
  readonly constants: Readonly<Record<string, number>>;
  /** Statements that assign to `value`, for the place `at.x`, `at.y`, `at.z` of the output. */
  readonly body: (dialect: Dialect) => string;
}

/** Runs a program on the current backend. The caller's tidy scope owns the result. */
export type RunShader = <T extends DeviceTensor>(shader: Shader) => T;

/** How a program reads an input. */
export const read = (name: string, ...indices: readonly string[]): string =>
  `get${name.charAt(0).toUpperCase()}${name.slice(1)}(${indices.join(', ')})`;
