import { forEach } from './corner-threads.ts';

/**
 * Positions and colours of a picture as features in planes, taken from tables: what they are divided by is then rounded as on the host. One
 * thread for each pixel.
 */
export const PAINT = /* wgsl */ `
struct Size { count: u32, width: u32, height: u32 }

@group(0) @binding(0) var<uniform> size: Size;
/** Of columns, of rows, and of the 256 steps of red, green and blue. */
@group(0) @binding(1) var<storage, read> tables: array<f32>;
@group(0) @binding(2) var picture: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> features: array<f32>;

${forEach(/* wgsl */ `
  let column = i % size.width;
  let row = i / size.width;
  let color = vec3u(round(textureLoad(picture, vec2u(column, row), 0).rgb * 255.0));
  let reds = size.width + size.height;
  features[i] = tables[column];
  features[size.count + i] = tables[size.width + row];
  features[2u * size.count + i] = tables[reds + color.r];
  features[3u * size.count + i] = tables[reds + 256u + color.g];
  features[4u * size.count + i] = tables[reds + 512u + color.b];`)}
`;
