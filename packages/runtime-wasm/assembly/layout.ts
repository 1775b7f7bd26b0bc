/** Numbers from one place to another, `bytes` in all. Fewer than `memory.copy` is quick for. */
function copyFew(from: usize, to: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** Some channels of a map, to somewhere in another. All are bytes. */
@unmanaged
class CopyChannels {
  x: usize;
  y: usize;
  pitch: usize;
  outPitch: usize;
  depth: usize;
}

/** Pixels `from … to − 1`. */
export function copyChannels(at: usize, from: i32, to: i32): void {
  const op = changetype<CopyChannels>(at);
  for (let pixel = from; pixel < to; pixel++) {
    copyFew(op.x + <usize>pixel * op.pitch, op.y + <usize>pixel * op.outPitch, op.depth);
  }
}

/** Every channel several times, one after the other. */
@unmanaged
class RepeatChannels {
  x: usize;
  y: usize;
  pitch: usize;
  outPitch: usize;
  channels: i32;
  times: i32;
}

/** Pixels `from … to − 1`. */
export function repeatChannels(at: usize, from: i32, to: i32): void {
  const op = changetype<RepeatChannels>(at);
  for (let pixel = from; pixel < to; pixel++) {
    const x = op.x + <usize>pixel * op.pitch;
    let y = op.y + <usize>pixel * op.outPitch;
    for (let channel = 0; channel < op.channels; channel++)
      for (let time = 0; time < op.times; time++) {
        store<f32>(y, load<f32>(x + ((<usize>channel) << 2)));
        y += 4;
      }
  }
}

/** Class ids as the only channel of a map. */
@unmanaged
class Labels {
  x: usize;
  y: usize;
  pitch: usize;
}

/** Pixels `from … to − 1`. */
export function labelsToMap(at: usize, from: i32, to: i32): void {
  const op = changetype<Labels>(at);
  for (let pixel = from; pixel < to; pixel++) {
    const y = op.y + <usize>pixel * op.pitch;
    store<f32>(y, <f32>load<i32>(op.x + ((<usize>pixel) << 2)));
  }
}

/** A map within zeros. */
@unmanaged
class Pad {
  x: usize;
  y: usize;
  pitch: usize;
  height: i32;
  width: i32;
  outHeight: i32;
  outWidth: i32;
  top: i32;
  left: i32;
}

/** Rows `from … to − 1` of all images' results. */
export function pad(at: usize, from: i32, to: i32): void {
  const op = changetype<Pad>(at);
  const outBytes = <usize>op.outWidth * op.pitch;
  const bytes = <usize>op.width * op.pitch;
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const row = item - image * op.outHeight - op.top;
    const y = op.y + <usize>item * outBytes;
    memory.fill(y, 0, outBytes);
    if (row < 0 || row >= op.height) continue;
    memory.copy(y + <usize>op.left * op.pitch, op.x + <usize>(image * op.height + row) * bytes, bytes);
  }
}

/** Channels spread over blocks of pixels. */
@unmanaged
class DepthToSpace {
  x: usize;
  y: usize;
  pitch: usize;
  outPitch: usize;
  outWidth: i32;
  channels: i32;
  block: i32;
  /** From one channel of the result to the next in the input, and from one pixel of a block to the next. */
  channelStep: i32;
  pixelStep: i32;
}

/** Rows `from … to − 1` of all images' results. */
export function depthToSpace(at: usize, from: i32, to: i32): void {
  const op = changetype<DepthToSpace>(at);
  const size = op.block;
  const inWidth = op.outWidth / size;
  for (let item = from; item < to; item++) {
    const row = item / size;
    let y = op.y + <usize>(item * op.outWidth) * op.outPitch;
    for (let column = 0; column < op.outWidth; column++) {
      const pixel = (item - row * size) * size + (column % size);
      const x = op.x + <usize>(row * inWidth + column / size) * op.pitch + ((<usize>(pixel * op.pixelStep)) << 2);
      for (let channel = 0; channel < op.channels; channel++)
        store<f32>(y + ((<usize>channel) << 2), load<f32>(x + ((<usize>(channel * op.channelStep)) << 2)));
      y += op.outPitch;
    }
  }
}
