/**
 * The rate of a `nominal` layer that shall have a given rate at a given output stride.
 *
 * DeepLab states ASPP's rates for output stride 16 and doubles them at 8. The builder multiplies nominal rates
 * by how much denser the map is than in the classification network: of one that ends at stride 32, twice at 16, four times at 8.
 *
 * @param atrousRate the rate at `outputStride`.
 * @param nominalStride of the feature that the layer reads.
 * @returns the rate at `nominalStride`; it may be a fraction.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587
 */
export const nominalRate = (atrousRate: number, outputStride: number, nominalStride: number): number =>
  (atrousRate * outputStride) / nominalStride;
