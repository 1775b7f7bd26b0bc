import { tile1, tile4, Window } from './tile';

/** A 1×1 convolution without stride, of `[pixels, pitch]` to `[pixels, outPitch]`. Pitches are bytes. */
@unmanaged
class Pointwise extends Window {
  x: usize;
  y: usize;
  /** `[filters / 8, channel, 8]`. */
  weights: usize;
  biases: usize;
  /** Of the shape of the result, or 0. */
  residual: usize;
  activation: i32;
  pitch: usize;
  outPitch: usize;
  /** In whole blocks of 8. */
  filters: i32;
  /** Pixels whose channels stay in a core's own cache; a multiple of 4. */
  block: i32;
}

/** Pixels `from … to − 1`. */
export function pointwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Pointwise>(at);
  const fn = op.activation;
  const outPitch = op.outPitch;
  for (let block = from; block < to; block += op.block) {
    const last = min(block + op.block, to);
    for (let filter = 0; filter < op.filters; filter += 8) {
      const weights = op.weights + <usize>filter * op.depth;
      const biases = op.biases + ((<usize>filter) << 2);
      const lanes = op.y + ((<usize>filter) << 2);
      const shift = op.residual - op.y;
      let pixel = block;
      for (; pixel + 4 <= last; pixel += 4) {
        const x = op.x + <usize>pixel * op.pitch;
        const y = lanes + <usize>pixel * outPitch;
        const added = op.residual == 0 ? <usize>0 : y + shift;
        tile4(op, x, op.pitch, 0, 1, 0, 1, weights, biases, y, outPitch, added, fn);
      }
      for (; pixel < last; pixel++) {
        const y = lanes + <usize>pixel * outPitch;
        const added = op.residual == 0 ? <usize>0 : y + shift;
        tile1(op, op.x + <usize>pixel * op.pitch, 0, 1, 0, 1, weights, biases, y, added, fn);
      }
    }
  }
}
