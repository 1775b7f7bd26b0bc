/** Integers and floats that all programs of a frame read. */
export const PARAMETERS = [
  ...['sourceWidth', 'sourceHeight', 'imageWidth', 'imageHeight', 'inputWidth', 'inputHeight'],
  ...['columnStride', 'rowStride', 'red', 'green', 'blue', 'fill', 'idsPerWord', 'classes'],
] as const;

/** How a value 0 … 255 of each channel of the network becomes its input: an offset, then a divisor. */
export const NORMALISATION = ['mean0', 'mean1', 'mean2', 'std0', 'std1', 'std2'] as const;

/** What may change from frame to frame: how much of the colours covers the picture. */
export const COVER = 'opacity';

const STRUCT = `
struct Frame {
  ${PARAMETERS.map((name) => `${name}: i32`).join(', ')},
  ${[...NORMALISATION, COVER].map((name) => `${name}: f32`).join(', ')}
}
@group(0) @binding(0) var<uniform> p: Frame;`;

/** Threads of a group, down and across. */
export const GROUP = 8;

const MAIN = `@compute @workgroup_size(${GROUP}, ${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>)`;

/** Bilinear interpolation, antialiased, along rows, in whole numbers: as `resizePixels` does. Transparent pixels lie on white. */
export const NARROW = `${STRUCT}
@group(0) @binding(1) var<storage, read_write> narrowed: array<u32>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(1) @binding(0) var picture: texture_2d<f32>;

${MAIN} {
  let at = vec2<i32>(id.xy);
  if (at.x >= p.imageWidth || at.y >= p.sourceHeight) { return; }
  let line = at.x * p.columnStride;
  let first = i32(columns[line]);
  var sum = vec3<f32>(0.5);
  for (var tap = 0; tap < i32(columns[line + 1]); tap++) {
    let texel = textureLoad(picture, vec2<i32>(first + tap, at.y), 0);
    sum += columns[line + 2 + tap] * round(255.0 * mix(vec3<f32>(1.0), texel.rgb, texel.a));
  }
  let bytes = vec3<u32>(clamp(sum, vec3<f32>(0.0), vec3<f32>(255.0)));
  narrowed[at.y * p.imageWidth + at.x] = bytes.r | (bytes.g << 8u) | (bytes.b << 16u);
}`;

/** The same along columns; then the rest of the canvas is filled, channels are ordered and normalised. */
export const FIT = `${STRUCT}
@group(0) @binding(1) var<storage, read_write> input: array<f32>;
@group(0) @binding(2) var<storage, read> narrowed: array<u32>;
@group(0) @binding(3) var<storage, read> rows: array<f32>;

${MAIN} {
  let at = vec2<i32>(id.xy);
  if (at.x >= p.inputWidth || at.y >= p.inputHeight) { return; }
  var color = vec3<f32>(f32(p.fill));
  if (at.x < p.imageWidth && at.y < p.imageHeight) {
    let line = at.y * p.rowStride;
    let first = i32(rows[line]);
    color = vec3<f32>(0.5);
    for (var tap = 0; tap < i32(rows[line + 1]); tap++) {
      let bytes = narrowed[(first + tap) * p.imageWidth + at.x];
      color += rows[line + 2 + tap] * vec3<f32>(vec3<u32>(bytes & 255u, (bytes >> 8u) & 255u, (bytes >> 16u) & 255u));
    }
    color = floor(clamp(color, vec3<f32>(0.0), vec3<f32>(255.0)));
  }
  let value = (vec3<f32>(color[p.red], color[p.green], color[p.blue]) - vec3<f32>(p.mean0, p.mean1, p.mean2))
    / vec3<f32>(p.std0, p.std1, p.std2);
  let place = 3 * (at.y * p.inputWidth + at.x);
  input[place] = value.x;
  input[place + 1] = value.y;
  input[place + 2] = value.z;
}`;

/** The picture with the colours of its classes over it. A color's alpha says whether it covers the picture. */
export const PAINT = `${STRUCT}
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> colors: array<vec4<f32>>;
@group(1) @binding(0) var picture: texture_2d<f32>;

@vertex fn corners(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
  return vec4<f32>(f32(4u * (i & 1u)) - 1.0, f32(2u * (i & 2u)) - 1.0, 0.0, 1.0);
}

fn label_at(pixel: vec2<i32>) -> i32 {
  let image = vec2<i32>(p.imageWidth, p.imageHeight);
  let at = min((2 * pixel + 1) * image / (2 * vec2<i32>(p.sourceWidth, p.sourceHeight)), image - 1);
  let place = at.y * p.inputWidth + at.x;
  let word = labels[place / p.idsPerWord];
  return i32(select(word, (word >> u32(8 * (place & 3))) & 255u, p.idsPerWord == 4));
}

@fragment fn paint(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
  let pixel = vec2<i32>(position.xy);
  let texel = textureLoad(picture, pixel, 0);
  let over = colors[min(label_at(pixel), p.classes - 1)];
  return vec4<f32>(mix(mix(vec3<f32>(1.0), texel.rgb, texel.a), over.rgb, over.a * p.opacity), 1.0);
}`;
