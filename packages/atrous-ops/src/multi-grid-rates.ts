/**
 * Rates of the 3×3 convolutions inside a block: each factor of the multi-grid times the block's rate.
 *
 * @param blockRate of a block without multi-grid, for example 2 for the last block at output stride 16.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.2.1, arXiv:1706.05587
 */
export const multiGridRates = (blockRate: number, multiGrid: readonly number[]): readonly number[] =>
  multiGrid.map((factor) => factor * blockRate);
