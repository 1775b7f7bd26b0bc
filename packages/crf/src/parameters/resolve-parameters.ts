import { UnknownPluginError } from '@atrous/core';
import type { Compatibility } from '../compatibility.ts';
import type { CrfProblem } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';
import type { CrfParameters, WeightedKernel } from './crf-parameters.ts';
import { crfPresets, type CrfPresetName } from './presets.ts';

/** Parameters with nothing left to decide. */
export interface ResolvedParameters extends Omit<CrfProblem, 'labels' | 'unary'> {
  readonly kernels: readonly KernelSpec[];
}

const isPresetName = (name: string): name is CrfPresetName => Object.hasOwn(crfPresets, name);

function presetOf(name: string) {
  if (isPresetName(name)) return crfPresets[name];
  throw new UnknownPluginError(`the CRF preset "${name}" is not known`, {
    hint: `known: ${Object.keys(crfPresets).join(', ')}`,
  });
}

function namedKernels(parameters: CrfParameters): readonly WeightedKernel[] {
  const preset = presetOf(parameters.preset ?? 'deeplab-v2');
  const { normalization } = parameters;
  const kernels: readonly WeightedKernel[] = [
    {
      kind: 'gaussian',
      xyStd: parameters.gaussianXyStd ?? preset.gaussianXyStd,
      weight: parameters.gaussianWeight ?? preset.gaussianWeight,
      normalization,
    },
    {
      kind: 'bilateral',
      xyStd: parameters.bilateralXyStd ?? preset.bilateralXyStd,
      rgbStd: parameters.bilateralRgbStd ?? preset.bilateralRgbStd,
      weight: parameters.bilateralWeight ?? preset.bilateralWeight,
      normalization,
    },
  ];
  return kernels.filter(({ weight }) => weight !== 0);
}

function withoutWeight({ weight: _, ...kernel }: WeightedKernel): KernelSpec {
  return kernel;
}

/**
 * Decides what is left out by the preset, and keeps kernels and weights apart: only kernels ask for a new lattice.
 *
 * @throws UnknownPluginError for a preset that does not exist.
 */
export function resolveParameters(parameters: CrfParameters): ResolvedParameters {
  const kernels = parameters.kernels ?? namedKernels(parameters);
  return {
    kernels: kernels.map(withoutWeight),
    compatibilities: kernels.map(({ weight }): Compatibility => weight),
    iterations: parameters.iterations ?? presetOf(parameters.preset ?? 'deeplab-v2').iterations,
    tolerance: parameters.tolerance,
    stopBelow: parameters.stopBelow,
    diagnostics: parameters.diagnostics,
  };
}
