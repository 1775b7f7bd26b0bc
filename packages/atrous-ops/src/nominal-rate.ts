/** Stride of the classification networks that backbones come from, before an output stride takes effect. */
const NOMINAL_STRIDE = 32;

/**
 * The rate of a `nominal` layer that has a given rate at a given output stride.
 *
 * DeepLab states ASPP's rates for output stride 16 and doubles them at 8. The builder multiplies nominal rates
 * by how much denser the map is than in the classification network: twice at 16, four times at 8.
 *
 * @param atrousRate the rate at `outputStride`.
 * @returns the rate at output stride 32; a fraction when `atrousRate` is odd.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587
 */
export const nominalRate = (atrousRate: number, outputStride: number): number =>
  (atrousRate * outputStride) / NOMINAL_STRIDE;
