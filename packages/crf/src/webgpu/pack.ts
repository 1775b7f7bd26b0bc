import type { Buffers } from './buffers.ts';
import type { Inference } from './inference.ts';
import type { Workplace } from './mean-field.ts';
import { createParameterBlock } from './parameters.ts';
import { groupsOf, passOf, submit } from './passes.ts';
import { readBack } from './read-back.ts';

/** Runs one of the programs that bring marginals into another form. */
async function pack(
  { session }: Workplace,
  buffers: Buffers,
  shader: 'pack' | 'packLabels',
  { rows, marginals }: Inference,
  to: { readonly buffer: () => GPUBuffer; readonly threads: number },
): Promise<GPUBuffer> {
  const { device, load, attempt } = session;
  const pipelineOf = await load([shader]);
  return attempt(() => {
    const target = to.buffer();
    const parameters = createParameterBlock(device, buffers, 1);
    const size = parameters.add([rows.pixels, rows.channels, rows.vectors]);
    parameters.upload();
    submit(device, [passOf(device, pipelineOf(shader), [size, marginals, target], groupsOf(to.threads))]);
    return target;
  });
}

/** Marginals `[pixels, labels]` on the host. */
export async function readMarginals(place: Workplace, inference: Inference): Promise<Float32Array> {
  const { session, buffers } = place;
  const { pixels, channels } = inference.rows;
  const threads = pixels * channels;
  const buffer = () => buffers.reserve('packed', 4 * threads);
  const packed = await pack(place, buffers, 'pack', inference, { buffer, threads });
  return new Float32Array(await readBack(session, buffers, packed, 4 * threads));
}
