// @ts-check
import { lattice } from '@atrous/crf/lattice';

/** The dense CRF of Atrous: a whole job, lattices included, with all labels. @type {import('./serve.js').LoadCrf} */
export async function load(problem, { threads }) {
  const { width, height, image, labels, unary, iterations, gaussian, bilateral } = problem;
  const engine = lattice({ threads });
  const spec = {
    ...{ width, height, image: { width, height, data: image } },
    kernels: /** @type {const} */ ([
      { kind: 'gaussian', xyStd: gaussian[0] },
      { kind: 'bilateral', xyStd: bilateral[0], rgbStd: bilateral[1] },
    ]),
  };
  const compatibilities = [gaussian[1], bilateral[2]];
  return {
    async run() {
      const field = await engine.prepare(spec);
      const { marginals } = await field.infer({ labels, unary, compatibilities, iterations, tolerance: 0 });
      field.dispose();
      return /** @type {Float32Array} */ (marginals);
    },
  };
}
