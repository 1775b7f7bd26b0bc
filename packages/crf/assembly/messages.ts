import { Pass, Term } from './pass';
import { slice } from './slice';

/** Slices all blocks. @param from what is added to, in lanes like those of `to`. */
function sliceBlocks(pass: Pass, list: usize, corners: usize, from: usize, to: usize, end: usize): void {
  const blockStep = (<usize>pass.vectors) << 4;
  let values = pass.sliced;
  for (let block = 0; block < pass.blocks; block++) {
    slice(pass.vectors, list, corners, values, from, pass.step, to, pass.step, end);
    values += pass.blockBytes;
    from += blockStep;
    to += blockStep;
    end += blockStep;
  }
}

function addPerLane(pass: Pass, weights: usize, from: usize, to: usize): void {
  for (let at: usize = 0; at < pass.step; at += 16) {
    const message = f32x4.mul(v128.load(weights + at), v128.load(from + at));
    v128.store(to + at, f32x4.add(v128.load(to + at), message));
  }
}

function addProduct(pass: Pass, matrix: usize, from: usize, to: usize): void {
  for (let sender: usize = 0; sender < pass.step; sender += 4) {
    const sent = v128.load32_splat(from + sender);
    for (let at: usize = 0; at < pass.step; at += 16) {
      v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(sent, v128.load(matrix + at))));
    }
    matrix += pass.step;
  }
}

function addTerm(pass: Pass, term: Term, pixel: i32, tile: usize, end: usize): void {
  const bytes = end - tile;
  const messages = tile + bytes;
  memory.fill(messages, 0, bytes);
  sliceBlocks(pass, term.list + <usize>pixel * term.corners, term.corners, messages, messages, messages + bytes);
  for (; tile < end; tile += pass.step) {
    if (term.matrix) addProduct(pass, term.matrix, tile + bytes, tile);
    else addPerLane(pass, term.perLane, tile + bytes, tile);
  }
}

/** Writes to a tile of pixels the lanes of `from` and what all kernels send. Behind the tile there is room for another. */
export function addMessages(pass: Pass, pixel: i32, from: usize, tile: usize, end: usize): void {
  if (pass.pottsCorners) {
    sliceBlocks(pass, pass.potts + <usize>pixel * pass.pottsCorners, pass.pottsCorners, from, tile, end);
  } else memory.copy(tile, from, end - tile);
  for (let term = 0; term < pass.termCount; term++) {
    addTerm(pass, changetype<Term>(pass.terms + <usize>term * offsetof<Term>()), pixel, tile, end);
  }
}
