import { forEach } from './corner-threads.ts';

/** What splatting and slicing read, from rows in the order of pixels and in their own. One thread for each corner of each pixel. */
export const LIST = /* wgsl */ `
struct Entry { index: u32, weight: f32 }
struct Size { count: u32, corners: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> sortedRows: array<u32>;
@group(0) @binding(4) var<storage, read> sortedCorners: array<u32>;
@group(0) @binding(5) var<storage, read_write> corners: array<Entry>;
@group(0) @binding(6) var<storage, read_write> incidences: array<Entry>;
@group(0) @binding(7) var<storage, read_write> starts: array<u32>;
${forEach(/* wgsl */ `
  corners[i] = Entry(rows[i], weights[i]);
  let corner = sortedCorners[i];
  incidences[i] = Entry(corner / size.corners, weights[corner]);
  if (i == 0u || sortedRows[i - 1u] != sortedRows[i]) { starts[sortedRows[i]] = i; }`)}
`;

/** Numbers the corners before they are sorted. */
export const COUNT_UP = /* wgsl */ `
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read_write> numbers: array<u32>;
${forEach('numbers[i] = i;')}
`;

/** Multiplies the weights of a list by its pixels' factors: one over their sums, or over the root of these. */
export const NORMALIZE = /* wgsl */ `
struct Entry { index: u32, weight: f32 }
/** perPixel: entries of a pixel, where they lie pixel by pixel; else 0, and the entry names it. */
struct Size { count: u32, perPixel: u32, isRoot: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> sums: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> entries: array<Entry>;
${forEach(/* wgsl */ `
  var pixel = entries[i].index;
  if (size.perPixel != 0u) { pixel = i / size.perPixel; }
  let sum = sums[pixel].x + 1e-20;
  entries[i].weight *= select(1.0 / sum, inverseSqrt(sum), size.isRoot != 0u);`)}
`;
