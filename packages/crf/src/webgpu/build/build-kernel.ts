import { createBuffers, type Buffers } from '../buffers.ts';
import { cutChunks } from '../cut-chunks.ts';
import type { DeviceFieldSpec } from '../device-image.ts';
import type { DeviceKernel } from '../device-kernel.ts';
import { readBack } from '../read-back.ts';
import type { Session } from '../session.ts';
import { findVertices } from './find-vertices.ts';
import { listKernel } from './list-kernel.ts';
import { normalize } from './normalize.ts';
import { createStages, type Stage } from './stage.ts';

/** Which kernel to build. */
interface Order {
  readonly field: DeviceFieldSpec;
  readonly k: number;
  readonly signal: AbortSignal | undefined;
}

/** Divides splatting, on the host. @param starts of each vertex' incidences, and where the last one's end. */
function placeChunks(starts: Uint32Array, own: Buffers) {
  const { chunks, longVertices } = cutChunks(starts);
  return {
    counts: {
      chunks: chunks.length / 2 - 1,
      longVertices: longVertices.length / 2 - 1,
      partials: longVertices.at(-2)!,
    },
    lists: { chunks: own.upload('chunks', chunks), longVertices: own.upload('long vertices', longVertices) },
  };
}

/** Builds a kernel without norms in buffers of its own. */
async function buildPlain(
  session: Session,
  begin: () => Stage,
  { field, k, signal }: Order,
  { scratch, own }: { readonly scratch: Buffers; readonly own: Buffers },
): Promise<DeviceKernel> {
  const found = await session.attempt(() => {
    const stage = begin();
    const corners = findVertices(stage, field.kernels[k]!, field);
    stage.submit();
    return corners;
  });
  const [vertices = 0] = new Uint32Array(await readBack(session, scratch, found.numbers, 4, 4 * found.count));
  signal?.throwIfAborted();
  const lists = await session.attempt(() => {
    const stage = begin();
    const listed = listKernel(stage, found, vertices, own);
    stage.submit();
    return listed;
  });
  const starts = new Uint32Array(await readBack(session, scratch, lists.starts, 4 * (vertices + 1)));
  starts[vertices] = found.count;
  signal?.throwIfAborted();
  const chunks = await session.attempt(() => placeChunks(starts, own));
  const { corners, incidences, neighbours } = lists;
  return {
    ...{ buffers: own, vertices, neighbours, factors: undefined, ...chunks.counts },
    corners: found.dimensions + 1,
    scale: 1 / (1 + 2 ** -found.dimensions),
    lists: { ...chunks.lists, corners, incidences },
  };
}

/**
 * Builds a kernel on the device: from the picture to its lattice and norms, of which only a number for each vertex leaves it.
 *
 * Vertices are numbered and sums are ordered as pixels are, so that every run is the same.
 */
export async function buildKernel(
  session: Session,
  field: DeviceFieldSpec,
  k: number,
  signal?: AbortSignal,
): Promise<DeviceKernel> {
  const [scratch, own] = [createBuffers(session.device), createBuffers(session.device)];
  try {
    const begin = await createStages(session, scratch);
    const plain = await buildPlain(session, begin, { field, k, signal }, { scratch, own });
    const { normalization = 'symmetric' } = field.kernels[k]!;
    return await normalize(session, begin, scratch, plain, normalization);
  } catch (error) {
    own.dispose();
    throw error;
  } finally {
    scratch.dispose();
  }
}
