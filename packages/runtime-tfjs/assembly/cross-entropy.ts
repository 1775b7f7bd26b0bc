import { exponential, logarithm } from './exponential';

/** Below every logit, and its exponential is nothing. */
const LOWEST: f32 = -1e30;

/** One row between two rows of logits, `[w][lanes]`; lanes beyond the classes are {@link LOWEST}. */
function interpolateRow(
  lower: usize,
  upper: usize,
  a: f32,
  b: f32,
  row: usize,
  width: i32,
  classes: i32,
  lanes: i32,
): void {
  for (let x = 0; x < width; x++) {
    for (let c = 0; c < classes; c++) {
      store<f32>(row, a * load<f32>(lower) + b * load<f32>(upper));
      lower += 4;
      upper += 4;
      row += 4;
    }
    for (let c = classes; c < lanes; c++) {
      store<f32>(row, LOWEST);
      row += 4;
    }
  }
}

/** Gives a row's gradient to the two rows that it lies between. */
function spreadRow(row: usize, lower: usize, upper: usize, a: f32, b: f32, width: i32, classes: i32, lanes: i32): void {
  for (let x = 0; x < width; x++) {
    for (let c = 0; c < classes; c++) {
      const gradient = load<f32>(row + ((<usize>c) << 2));
      store<f32>(lower, load<f32>(lower) + a * gradient);
      store<f32>(upper, load<f32>(upper) + b * gradient);
      lower += 4;
      upper += 4;
    }
    row += (<usize>lanes) << 2;
  }
}

function largestLane(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/**
 * Loss of one pixel. Its probabilities take the place of its logits.
 *
 * @param even weight of every class in the truth, `[lanes]`, @param evenSum their sum, @param own what the label has beside.
 */
function lossOfPixel(logits: usize, lanes: i32, label: i32, even: usize, evenSum: f32, own: f32): f64 {
  const end = logits + ((<usize>lanes) << 2);
  let most = v128.load(logits);
  for (let at = logits + 16; at < end; at += 16) most = f32x4.max(most, v128.load(at));
  const largest = largestLane(most);
  const largests = f32x4.splat(largest);
  const score = load<f32>(logits + ((<usize>label) << 2)) - largest;
  let sums = f32x4.splat(0);
  let scores = f32x4.splat(0);
  for (let at = logits; at < end; at += 16) {
    const distance = f32x4.sub(v128.load(at), largests);
    const share = exponential(distance);
    if (evenSum > 0) scores = f32x4.add(scores, f32x4.mul(distance, v128.load(even + (at - logits))));
    sums = f32x4.add(sums, share);
    v128.store(at, share);
  }
  const sum = sumOfLanes(sums);
  const scale = f32x4.splat(1 / sum);
  for (let at = logits; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), scale));
  return <f64>(own + evenSum) * logarithm(<f64>sum) - <f64>own * <f64>score - <f64>sumOfLanes(scores);
}

/**
 * Softmax cross-entropy of logits that are brought to the size of the labels by bilinear interpolation, and its gradient at their own size.
 *
 * @param rows, columns for every label: lower and upper index (int32), and the weights of both (float32).
 * @param classWeights `[classes]`.
 * @param gradient `[n, h, w, classes]`, of the sum over pixels.
 * @param totals three float64: sum over pixels, sum of their weights, number of those that have one.
 * @param scratch see {@link crossEntropyScratch}.
 */
export function crossEntropy(
  logits: usize,
  labels: usize,
  rows: usize,
  columns: usize,
  classWeights: usize,
  gradient: usize,
  totals: usize,
  batch: i32,
  height: i32,
  width: i32,
  classes: i32,
  outHeight: i32,
  outWidth: i32,
  ignoreLabel: i32,
  smoothing: f32,
  scratch: usize,
): void {
  const lanes = (classes + 3) & ~3;
  const pixel = (<usize>lanes) << 2;
  const line = (<usize>(width * classes)) << 2;
  const row = scratch;
  const rowGradient = row + <usize>width * pixel;
  const here = rowGradient + <usize>width * pixel;
  const even = here + pixel;
  memory.fill(gradient, 0, <usize>(batch * height) * line);
  memory.fill(even, 0, pixel);
  let evenSum: f32 = 0;
  for (let c = 0; c < classes; c++) {
    const share = (smoothing * load<f32>(classWeights + ((<usize>c) << 2))) / <f32>classes;
    store<f32>(even + ((<usize>c) << 2), share);
    evenSum += share;
  }
  let total: f64 = 0;
  let weights: f64 = 0;
  let counted: f64 = 0;
  for (let line0 = 0; line0 < batch * outHeight; line0++) {
    const image = <usize>((line0 / outHeight) * height) * line;
    const tap = rows + ((<usize>(line0 % outHeight)) << 4);
    const lower = image + <usize>load<i32>(tap) * line;
    const upper = image + <usize>load<i32>(tap, 4) * line;
    const lowerWeight = load<f32>(tap, 8);
    const upperWeight = load<f32>(tap, 12);
    interpolateRow(logits + lower, logits + upper, lowerWeight, upperWeight, row, width, classes, lanes);
    memory.fill(rowGradient, 0, <usize>width * pixel);
    for (let x = 0; x < outWidth; x++) {
      const label = load<i32>(labels);
      labels += 4;
      if (label == ignoreLabel || <u32>label >= <u32>classes) continue;
      const weight = load<f32>(classWeights + ((<usize>label) << 2));
      const column = columns + ((<usize>x) << 4);
      const left = <usize>load<i32>(column) * pixel;
      const right = <usize>load<i32>(column, 4) * pixel;
      const leftWeight = v128.load32_splat(column, 8);
      const rightWeight = v128.load32_splat(column, 12);
      for (let at: usize = 0; at < pixel; at += 16)
        v128.store(
          here + at,
          f32x4.add(
            f32x4.mul(leftWeight, v128.load(row + left + at)),
            f32x4.mul(rightWeight, v128.load(row + right + at)),
          ),
        );
      const own = (<f32>1 - smoothing) * weight;
      total += lossOfPixel(here, lanes, label, even, evenSum, own);
      weights += <f64>weight;
      counted += weight != 0 ? 1 : 0;
      // the gradient is the probabilities times all that is true, less what is true of each
      const truth = here + ((<usize>label) << 2);
      const all = f32x4.splat(own + evenSum);
      for (let at: usize = 0; at < pixel; at += 16)
        v128.store(here + at, f32x4.sub(f32x4.mul(v128.load(here + at), all), v128.load(even + at)));
      store<f32>(truth, load<f32>(truth) - own);
      for (let at: usize = 0; at < pixel; at += 16) {
        const slope = v128.load(here + at);
        const toLeft = rowGradient + left + at;
        v128.store(toLeft, f32x4.add(v128.load(toLeft), f32x4.mul(leftWeight, slope)));
        const toRight = rowGradient + right + at;
        v128.store(toRight, f32x4.add(v128.load(toRight), f32x4.mul(rightWeight, slope)));
      }
    }
    spreadRow(rowGradient, gradient + lower, gradient + upper, lowerWeight, upperWeight, width, classes, lanes);
  }
  store<f64>(totals, total);
  store<f64>(totals, weights, 8);
  store<f64>(totals, counted, 16);
}

/** Bytes that {@link crossEntropy} works in. */
export function crossEntropyScratch(width: i32, classes: i32): usize {
  return <usize>(2 * width + 2) * ((<usize>((classes + 3) & ~3)) << 2);
}
