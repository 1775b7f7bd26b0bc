/** How maps and weights are stored. Sums are float32 always. */
export type Precision = 'float32' | 'float16';

/** Bytes of four numbers. */
export const blockBytesOf = (precision: Precision): number => (precision === 'float32' ? 16 : 8);
