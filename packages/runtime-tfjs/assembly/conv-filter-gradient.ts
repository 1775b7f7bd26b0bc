import { multiplyTile } from './tile';

/** Output pixels whose products are summed at a time. No power of two: panels that far apart would share cache sets. */
const PIXELS = 252;
/** Rows of the gradient, taps times input channels, that are packed at a time. */
const ROWS = 256;

function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}

/** Taps whose rows are packed together; panels of four rows must not be left half full between them. */
function tapsAtOnce(taps: i32, channels: i32): i32 {
  const fitting = max(ROWS / channels, 1);
  return min(channels % 4 == 0 ? fitting : roundUp(fitting, 4), taps);
}

function channelsAtOnce(channels: i32): i32 {
  return channels % 4 == 0 ? min(channels, ROWS) : channels;
}

/** Bytes that {@link convFilterGradient} works in. */
export function convFilterGradientScratch(taps: i32, channels: i32, filters: i32): usize {
  const columns = <usize>roundUp(filters, 8);
  const packedRows = <usize>roundUp(tapsAtOnce(taps, channels) * channelsAtOnce(channels), 4);
  return ((packedRows + columns) * PIXELS + <usize>roundUp(taps * channels, 4) * columns) << 2;
}

/** Packs `count` pixels of `dy` into panels of 8 filters: `[filters / 8][count][8]`. */
function packGradient(dy: usize, filters: i32, count: i32, packed: usize): void {
  const panel = (<usize>count) << 5;
  const whole = filters & ~7;
  for (let pixel = 0; pixel < count; pixel++) {
    let to = packed + ((<usize>pixel) << 5);
    for (let filter = 0; filter < whole; filter += 8) {
      v128.store(to, v128.load(dy));
      v128.store(to, v128.load(dy, 16), 16);
      dy += 32;
      to += panel;
    }
    if (whole == filters) continue;
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    for (let filter = whole; filter < filters; filter++) {
      store<f32>(to, load<f32>(dy));
      dy += 4;
      to += 4;
    }
  }
}

/** Copies the channels that one tap reads to row `row` of the panels, or zeros where there is no `from`. */
function packChannels(from: usize, channels: i32, packed: usize, panel: usize, row: i32): void {
  if (((row | channels) & 3) == 0) {
    let to = packed + <usize>(row >> 2) * panel;
    for (let channel = 0; channel < channels; channel += 4) {
      v128.store(to, from ? v128.load(from) : f32x4.splat(0));
      from += from ? 16 : 0;
      to += panel;
    }
    return;
  }
  for (let at = row; at < row + channels; at++) {
    store<f32>(packed + <usize>(at >> 2) * panel + ((<usize>(at & 3)) << 2), from ? load<f32>(from) : 0);
    from += from ? 4 : 0;
  }
}

/** `dw += rows · dyᵀ` for one block of pixels, both packed. */
function multiplyPanels(rows: usize, dy: usize, count: i32, panels: i32, columns: i32, sum: usize): void {
  const rowPanel = (<usize>count) << 4;
  const columnPanel = (<usize>count) << 5;
  const pitch = (<usize>columns) << 2;
  for (let column = 0; column < columns; column += 8) {
    let tile = sum + ((<usize>column) << 2);
    let row = rows;
    for (let panel = 0; panel < panels; panel++) {
      multiplyTile(row, dy, row + rowPanel, tile, pitch);
      row += rowPanel;
      tile += pitch << 2;
    }
    dy += columnPanel;
  }
}

/** Gradient of `[kh, kw, c, f]` filters: the product of all that the taps read with `dy`, a few pixels at a time. */
export function convFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  rateY: i32,
  rateX: i32,
  padTop: i32,
  padLeft: i32,
  scratch: usize,
): void {
  const taps = kernelHeight * kernelWidth;
  const columns = roundUp(filters, 8);
  const tapStep = tapsAtOnce(taps, channels);
  const channelStep = channelsAtOnce(channels);
  const packedDy = scratch;
  const packedRows = packedDy + ((<usize>(columns * PIXELS)) << 2);
  const sum = packedRows + ((<usize>(roundUp(tapStep * channelStep, 4) * PIXELS)) << 2);
  const pixels = batch * outHeight * outWidth;
  memory.fill(sum, 0, (<usize>(roundUp(taps * channels, 4) * columns)) << 2);

  for (let first = 0; first < pixels; first += PIXELS) {
    const count = min(PIXELS, pixels - first);
    const panel = (<usize>count) << 4;
    packGradient(dy + ((<usize>first * <usize>filters) << 2), filters, count, packedDy);
    for (let tap = 0; tap < taps; tap += tapStep) {
      const tapEnd = min(tap + tapStep, taps);
      for (let channel = 0; channel < channels; channel += channelStep) {
        const many = min(channelStep, channels - channel);
        let outX = first % outWidth;
        let outY = (first / outWidth) % outHeight;
        let image = first / (outWidth * outHeight);
        for (let pixel = 0; pixel < count; pixel++) {
          let row = 0;
          for (let t = tap; t < tapEnd; t++) {
            const y = outY * strideY - padTop + (t / kernelWidth) * rateY;
            const xs = outX * strideX - padLeft + (t % kernelWidth) * rateX;
            const inside = y >= 0 && y < height && xs >= 0 && xs < width;
            const from = x + ((<usize>(((image * height + y) * width + xs) * channels + channel)) << 2);
            packChannels(inside ? from : 0, many, packedRows + ((<usize>pixel) << 4), panel, row);
            row += many;
          }
          if (++outX == outWidth) {
            outX = 0;
            if (++outY == outHeight) {
              outY = 0;
              image++;
            }
          }
        }
        const rows = (tapEnd - tap) * many;
        const into = sum + ((<usize>((tap * channels + channel) * columns)) << 2);
        multiplyPanels(packedRows, packedDy, count, (rows + 3) / 4, columns, into);
      }
    }
  }
  for (let row = 0; row < taps * channels; row++)
    memory.copy(dw + ((<usize>(row * filters)) << 2), sum + ((<usize>(row * columns)) << 2), (<usize>filters) << 2);
}
