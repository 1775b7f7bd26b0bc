import { GROUP, GROUP_NUMBER } from './thread.ts';

/** Threads that share a pixel, one for 4 lanes: whole pixels of them in a group, and the rest of the group idle. */
export const PIXEL_THREADS = /* wgsl */ `
${GROUP_NUMBER}
struct Size {
  pixels: u32,
  labels: u32,
  vectors: u32,
  pixelsPerGroup: u32,
  corners: u32,
  weight: f32,
  source: u32,
  hears: u32,
  adds: u32,
  compares: u32,
}

@group(0) @binding(0) var<uniform> size: Size;
var<workgroup> together: array<f32, ${GROUP}>;

fn firstOf(local: u32) -> u32 { return local - local % size.vectors; }
fn endOf(local: u32) -> u32 { return min(firstOf(local) + size.vectors, ${GROUP}u); }
`;
