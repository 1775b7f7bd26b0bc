import type { Precision } from '../precision.ts';
import { FOUR } from './four.ts';

/**
 * What a kernel is given: a `map`; `labels` in words; `blocks`, packed parameters; `floats`; a `table` of four floats a line.
 * The first one is written, the others are read.
 */
export type Binding = 'map' | 'labels' | 'blocks' | 'floats' | 'table';

/** A program of the device, and what it is called with. */
export interface Kernel<Name extends string = string, Field extends string = string> {
  readonly label: string;
  /** In their order. */
  readonly bindings: Readonly<Record<Name, Binding>>;
  /** Integers besides those that tell the maps' {@link GEOMETRY}. */
  readonly fields: readonly Field[];
  /** WGSL with an entry point `main`, without declarations of what is bound. */
  readonly body: string;
}

/** Bindings of a kernel that may also add another map, `residual`. */
export const withResidual = <Name extends string>(
  bindings: Readonly<Record<Name, Binding>>,
  hasResidual: boolean,
): Readonly<Record<Name, Binding>> => (hasResidual ? { ...bindings, residual: 'map' } : bindings);

/** What a kernel knows of each of its maps and labels: integers that are named after it. */
export const GEOMETRY = ['First', 'Pitch', 'Blocks', 'Channels', 'Height', 'Width', 'Pixels'] as const;

const ELEMENTS: Readonly<Record<Binding, string>> = {
  map: 'Four',
  blocks: 'Four',
  labels: 'u32',
  floats: 'f32',
  table: 'vec4<f32>',
};

const hasGeometry = (binding: Binding): boolean => binding === 'map' || binding === 'labels';

/** Names of all integers of a kernel, in their order. */
export const fieldsOf = ({ bindings, fields }: Kernel): readonly string[] => [
  ...Object.entries(bindings).flatMap(([name, binding]) =>
    hasGeometry(binding) ? GEOMETRY.map((field) => `${name}${field}`) : [],
  ),
  ...fields,
];

const readers = (name: string): string => `
fn ${name}_at(pixel: i32, block: i32) -> vec4<f32> { return widen(${name}[p.${name}First + pixel * p.${name}Pitch + block]); }
fn ${name}_one(pixel: i32, channel: i32) -> f32 { return ${name}_at(pixel, channel >> 2u)[channel & 3]; }`;

const writer = (name: string): string => `
fn ${name}_set(pixel: i32, block: i32, value: vec4<f32>) { ${name}[p.${name}First + pixel * p.${name}Pitch + block] = narrow(value); }`;

/** The whole program. */
export function codeOf(kernel: Kernel, precision: Precision): string {
  const bound = Object.entries(kernel.bindings).map(([name, binding], i) => {
    const access = i === 0 ? 'read_write' : 'read';
    const declared = `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${ELEMENTS[binding]}>;`;
    if (binding !== 'map') return declared;
    return declared + (i === 0 ? writer(name) : readers(name));
  });
  return `${FOUR[precision]}
struct Parameters { ${fieldsOf(kernel)
    .map((name) => `${name}: i32`)
    .join(', ')} }
@group(0) @binding(0) var<uniform> p: Parameters;
${bound.join('\n')}
${kernel.body}`;
}
