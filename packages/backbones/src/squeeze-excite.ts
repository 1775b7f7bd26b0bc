import type { Activation, GraphBuilder, Node } from '@atrous/core';

/** Options of {@link squeezeExcite}. */
export interface SqueezeExciteOptions {
  /** Scope of the two convolutions, `name/reduce` and `name/expand`. */
  readonly name: string;
  /** Channels between the two convolutions. */
  readonly squeezed: number;
  /** What makes a factor between 0 and 1 of each channel's score. */
  readonly gate: Activation;
}

/**
 * Squeeze-and-excitation: every channel is scaled by a factor that the means of all channels decide.
 *
 * The convolutions have biases and no normalisation: they see one position, which has no statistics.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h, w, c]`.
 * @see Hu et al. 2018, "Squeeze-and-Excitation Networks", §3, arXiv:1709.01507
 */
export function squeezeExcite(builder: GraphBuilder, x: Node, { name, squeezed, gate }: SqueezeExciteOptions): Node {
  const inside = builder.scope(name);
  const mean = inside.globalAvgPool(x, { name: 'mean' });
  const reduced = inside.conv2d(mean, { name: 'reduce', filters: squeezed, kernel: 1, useBias: true });
  const expanded = inside.conv2d(inside.activation(reduced, 'relu', { name: 'relu' }), {
    name: 'expand',
    filters: x.shape[3] ?? 0,
    kernel: 1,
    useBias: true,
  });
  return inside.multiply(x, inside.activation(expanded, gate, { name: 'gate' }), { name: 'scale' });
}
