import { writeMarginals } from './marginals';
import { addMessages } from './messages';
import { Pass } from './pass';
import { softmax } from './softmax';
import { splat } from './splat';

/** Pixels that go through all stages together: few enough for the first cache, and enough to hide how long loads take. */
const TILE: i32 = 32;

function splatBlocks(pass: Pass, pixel: i32, tile: usize, end: usize): void {
  const blockStep = (<usize>pass.vectors) << 4;
  const list = pass.splat + <usize>pixel * pass.splatCorners;
  let values = pass.splatted;
  for (let block = 0; block < pass.blocks; block++) {
    splat(pass.vectors, list, pass.splatCorners, values, tile, pass.step, end);
    values += pass.blockBytes;
    tile += blockStep;
    end += blockStep;
  }
}

/** Takes off the last lane what it received, which says how much any lane could have. */
function takeReach(pass: Pass, logits: usize, tile: usize, end: usize): void {
  const last = pass.step - 4;
  for (; tile < end; tile += pass.step) {
    const logit = load<f32>(logits + last);
    pass.reach = max(pass.reach, load<f32>(tile + last) - logit);
    store<f32>(tile + last, logit);
    logits += pass.step;
  }
}

/** What the last lane sends: nothing, or one. */
function muteRest(pass: Pass, tile: usize, end: usize): void {
  const last = pass.step - 4;
  for (; tile < end; tile += pass.step) {
    store<f32>(tile + last, <f32>pass.sends);
  }
}

/** Notes how much a tile changed, and keeps it. */
function keepTile(pass: Pass, pixel: i32, tile: usize, end: usize): void {
  let kept = pass.previous + <usize>pixel * pass.step;
  let most = f32x4.splat(0);
  for (; tile < end; tile += 16) {
    const value = v128.load(tile);
    most = f32x4.pmax(most, f32x4.abs(f32x4.sub(value, v128.load(kept))));
    v128.store(kept, value);
    kept += 16;
  }
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  pass.change = max(pass.change, max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)));
}

/** What a tile believes after hearing from the lattices. */
function updateTile(pass: Pass, pixel: i32, tile: usize, end: usize): void {
  const logits = pass.logits + <usize>pixel * pass.step;
  if (pass.sliced) {
    addMessages(pass, pixel, logits, tile, end);
    if (pass.receives) takeReach(pass, logits, tile, end);
  } else memory.copy(tile, logits, end - tile);
  softmax(tile, end, pass.step);
}

/**
 * One step of mean field for the pixels from `from` to `to`: slices, adds the unaries, takes the softmax, and splats, or writes the result.
 *
 * Marginals and messages never leave the cache.
 */
export function meanFieldPass(pass: Pass, from: i32, to: i32): void {
  const tile = pass.scratch;
  for (; from < to; from += TILE) {
    const end = tile + <usize>min(to - from, TILE) * pass.step;
    updateTile(pass, from, tile, end);
    if (pass.previous) keepTile(pass, from, tile, end);
    if (pass.marginals) writeMarginals(pass, from, tile, end);
    if (pass.order) muteRest(pass, tile, end);
    if (pass.splatted) splatBlocks(pass, from, tile, end);
  }
}

/** Writes what passes kept as marginals, for the pixels from `from` to `to`. */
export function storeKept(pass: Pass, from: i32, to: i32): void {
  const tile = pass.scratch;
  for (; from < to; from += TILE) {
    const bytes = <usize>min(to - from, TILE) * pass.step;
    memory.copy(tile, pass.previous + <usize>from * pass.step, bytes);
    writeMarginals(pass, from, tile, tile + bytes);
  }
}
