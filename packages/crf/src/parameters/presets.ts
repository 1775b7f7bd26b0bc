/**
 * Parameters by name.
 *
 * - `deeplab-v1`: the released settings of DeepLab v1 (Chen et al. 2015).
 * - `deeplab-v2`: of DeepLab v2's ResNet-101 (Chen et al. 2017), with w₂ = σγ = 3 as both papers fix them; a well-known port to PyTorch
 *   has a `gaussianXyStd` of 1.
 * - `pydensecrf-example`: those of pydensecrf's README.
 */
export const crfPresets = {
  'deeplab-v1': {
    bilateralXyStd: 50,
    bilateralRgbStd: 10,
    bilateralWeight: 5,
    gaussianXyStd: 3,
    gaussianWeight: 3,
    iterations: 10,
  },
  'deeplab-v2': {
    bilateralXyStd: 67,
    bilateralRgbStd: 3,
    bilateralWeight: 4,
    gaussianXyStd: 3,
    gaussianWeight: 3,
    iterations: 10,
  },
  'pydensecrf-example': {
    bilateralXyStd: 80,
    bilateralRgbStd: 13,
    bilateralWeight: 10,
    gaussianXyStd: 3,
    gaussianWeight: 3,
    iterations: 10,
  },
} as const;

/** A name in {@link crfPresets}. */
export type CrfPresetName = keyof typeof crfPresets;
