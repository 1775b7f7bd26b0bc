import { createDenseCrf } from './create-dense-crf.ts';
import type { CreateDenseCrfOptions, CrfResult, CrfRunOptions } from './crf-context.ts';

/** Options of {@link denseCrf}. */
export type DenseCrfOptions = CreateDenseCrfOptions & CrfRunOptions;

/**
 * Labels a picture with a fully connected CRF: pixels that are near and of one colour draw each other to one label.
 *
 * @returns labels and marginals at the picture's size.
 * @throws ShapeError, DataError for input that does not fit, UnsupportedError `TOO_MANY_PIXELS`, UnknownPluginError for a preset that does
 *   not exist, BackendError when no engine works here, the signal's reason when aborted.
 * @example
 * const { labels } = await denseCrf({ image, probabilities, preset: 'deeplab-v2' });
 * @see Krähenbühl and Koltun 2011, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials", arXiv:1210.5644
 */
export async function denseCrf(options: DenseCrfOptions): Promise<CrfResult> {
  const crf = await createDenseCrf(options);
  try {
    return await crf.run(options);
  } finally {
    crf.dispose();
  }
}
