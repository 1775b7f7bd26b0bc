import type { Buffers } from './buffers.ts';
import { createParameterBlock } from './parameters.ts';
import { groupsOf, passOf, submit } from './passes.ts';
import type { PixelRows } from './pixel-rows.ts';
import { readBack } from './read-back.ts';
import type { Session } from './session.ts';

/** Marginals in some layout. */
interface Marginals {
  readonly buffer: GPUBuffer;
  readonly pixels: number;
  readonly labels: number;
  /** Numbers from one pixel to the next. */
  readonly step: number;
}

/** Runs one of the programs that bring marginals into another form. */
async function pack(
  session: Session,
  buffers: Buffers,
  shader: 'pack' | 'packLabels',
  { buffer, pixels, labels, step }: Marginals,
  to: { readonly reserve: () => GPUBuffer; readonly threads: number },
): Promise<GPUBuffer> {
  const { device, load, attempt } = session;
  const pipelineOf = await load([shader]);
  return attempt(() => {
    const target = to.reserve();
    const parameters = createParameterBlock(device, buffers, 1);
    const size = parameters.add([pixels, labels, step]);
    parameters.upload();
    submit(device, [passOf(device, pipelineOf(shader), [size, buffer, target], groupsOf(to.threads))]);
    return target;
  });
}

/** Brings marginals `[pixels, labels]` from rows of lanes to a buffer of `to`. */
export function packMarginals(
  session: Session,
  buffers: Buffers,
  { pixels, channels: labels, vectors }: PixelRows,
  marginals: GPUBuffer,
  to: Buffers,
): Promise<GPUBuffer> {
  const threads = pixels * labels;
  const reserve = () => to.reserve('packed', 4 * threads);
  return pack(session, buffers, 'pack', { buffer: marginals, pixels, labels, step: 4 * vectors }, { reserve, threads });
}

/** Each pixel's most probable label. @param packed marginals `[pixels, labels]`. */
export async function readLabels(
  session: Session,
  buffers: Buffers,
  packed: GPUBuffer,
  { pixels, channels: labels }: PixelRows,
): Promise<Uint8Array> {
  const threads = Math.ceil(pixels / 4);
  const reserve = () => buffers.reserve('labels', 4 * threads);
  const bytes = await pack(
    ...([session, buffers, 'packLabels'] as const),
    { buffer: packed, pixels, labels, step: labels },
    { reserve, threads },
  );
  return new Uint8Array(await readBack(session, buffers, bytes, pixels));
}
