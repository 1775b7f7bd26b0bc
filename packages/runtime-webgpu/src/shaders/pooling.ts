import { WINDOW_FIELDS } from '../plan/window.ts';
import { eachBlock } from './each-block.ts';
import type { Kernel } from './kernel.ts';

const LOWEST = '-0x1.fffffep+127f';

const pool = (start: string, step: string, finish: string): string =>
  eachBlock(`
  let firstRow = row * p.strideHeight - p.top;
  let firstColumn = column * p.strideWidth - p.left;
  value = vec4<f32>(${start});
  for (var y = max(firstRow, 0); y < min(firstRow + p.kernelHeight, p.xHeight); y++) {
    for (var x = max(firstColumn, 0); x < min(firstColumn + p.kernelWidth, p.xWidth); x++) {
      let one = x_at((image * p.xHeight + y) * p.xWidth + x, block);
      value = ${step};
    }
  }
  ${finish}`);

/** Largest element of every window. */
export const MAX_POOL = {
  label: 'max pool',
  bindings: { y: 'map', x: 'map' },
  fields: WINDOW_FIELDS,
  body: pool(LOWEST, 'max(value, one)', ''),
} as const satisfies Kernel;

/** Mean of every window; `countsPadding` is 1 where padding counts as elements. */
export const AVG_POOL = {
  label: 'average pool',
  bindings: { y: 'map', x: 'map' },
  fields: [...WINDOW_FIELDS, 'countsPadding'],
  body: pool(
    '0.0',
    'value + one',
    `
  let source = vec2<i32>(firstRow, firstColumn);
  let size = vec2<i32>(p.xHeight, p.xWidth);
  let before = select(vec2<i32>(0), vec2<i32>(-p.top, -p.left), p.countsPadding == 1);
  let after = size + select(vec2<i32>(0), vec2<i32>(p.bottom, p.right), p.countsPadding == 1);
  let counted = min(source + vec2<i32>(p.kernelHeight, p.kernelWidth), after) - max(source, before);
  value /= f32(counted.x * counted.y);`,
  ),
} as const satisfies Kernel;

/** Threads that add up the pixels of a part, for neighbouring blocks of channels. */
export const MEAN_THREADS = { blocks: 8, pixels: 32 } as const;

const { blocks, pixels } = MEAN_THREADS;

/** Mean over even parts of the map, one a pixel of the result: bounds as `poolingBin` says. A group for each pixel and eight blocks. */
export const BIN_MEANS = {
  label: 'means of parts',
  bindings: { y: 'map', x: 'map' },
  fields: [],
  body: `
var<workgroup> sums: array<vec4<f32>, ${blocks * pixels}>;

@compute @workgroup_size(${blocks}, ${pixels})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let pixel = i32(group.y);
  let column = pixel % p.yWidth;
  let row = (pixel / p.yWidth) % p.yHeight;
  let image = pixel / (p.yWidth * p.yHeight);
  let block = i32(group.x * ${blocks}u + local.x);
  let top = row * p.xHeight / p.yHeight;
  let left = column * p.xWidth / p.yWidth;
  let height = ((row + 1) * p.xHeight + p.yHeight - 1) / p.yHeight - top;
  let width = ((column + 1) * p.xWidth + p.yWidth - 1) / p.yWidth - left;
  var sum = vec4<f32>(0.0);
  if (block < p.yBlocks) {
    for (var i = i32(local.y); i < height * width; i += ${pixels}) {
      sum += x_at((image * p.xHeight + top + i / width) * p.xWidth + left + i % width, block);
    }
  }
  let place = local.y * ${blocks}u + local.x;
  sums[place] = sum;
  for (var half = ${pixels / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local.y < half) { sums[place] += sums[place + half * ${blocks}u]; }
  }
  if (local.y == 0u && block < p.yBlocks) { y_set(pixel, block, sums[place] / f32(height * width)); }
}`,
} as const satisfies Kernel;
