import type { Normalization } from '../../kernel-spec.ts';
import type { Buffers } from '../buffers.ts';
import type { DeviceKernel } from '../device-kernel.ts';
import { filterRows } from '../filter.ts';
import { groupsOf } from '../passes.ts';
import { pixelRows } from '../pixel-rows.ts';
import { readBack } from '../read-back.ts';
import type { Session } from '../session.ts';
import type { Stage } from './stage.ts';

/** What keeps the norm of a pixel that resembles no other finite, as in pydensecrf. */
const EPSILON = 1e-20;
/** Of a corner in lists. */
const ENTRY_BYTES = 8;

/** Factors of a pixel that stand on one side only, which whoever transposes the kernel has to know. */
async function factorsOf(session: Session, scratch: Buffers, sums: GPUBuffer, pixels: number) {
  const rows = new Float32Array(await readBack(session, scratch, sums, 16 * pixels));
  return Float32Array.from({ length: pixels }, (_, pixel) => 1 / (rows[4 * pixel]! + EPSILON));
}

/** Puts the norms of a kernel without any into its weights: the sums that it makes of ones. */
export async function normalize(
  session: Session,
  begin: () => Stage,
  scratch: Buffers,
  plain: DeviceKernel,
  normalization: Normalization,
): Promise<DeviceKernel> {
  if (normalization === 'none') return plain;
  const { corners, lists } = plain;
  const count = lists.corners.size / ENTRY_BYTES;
  const pixels = count / corners;
  const rows = pixelRows(pixels, 1);
  const sums = await filterRows(
    { session, buffers: scratch },
    plain,
    rows,
    new Float32Array(4 * pixels).fill(1),
    false,
  );
  const isRoot = normalization === 'symmetric' ? 1 : 0;
  await session.attempt(() => {
    const stage = begin();
    const groups = groupsOf(count);
    if (normalization !== 'after') stage.add('normalize', [count, 0, isRoot], [sums, lists.incidences], groups);
    if (normalization !== 'before') stage.add('normalize', [count, corners, isRoot], [sums, lists.corners], groups);
    stage.submit();
  });
  if (normalization === 'symmetric') return plain;
  const factors = await factorsOf(session, scratch, sums, pixels);
  const isBefore = normalization === 'before';
  return { ...plain, factors: { first: isBefore ? factors : undefined, last: isBefore ? undefined : factors } };
}
