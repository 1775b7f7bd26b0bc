import { log2 } from './exponential';
import { addMessages } from './messages';
import { Pass } from './pass';

const LN_2: f64 = 0.6931471805599453;

/** Sums over pixels, in natural units. */
@unmanaged
export class Measures {
  /** Σ Q·log max(Q, 1e-20). */
  negatedEntropy: f64;
  /** Σ U·Q. */
  unary: f64;
  /** Σ over kernels of Σ Q·C(KQ). */
  pairwise: f64;
}

/** Adds one pixel. @param q its marginals. @param messages what it receives. */
function addPixel(sums: Measures, q: usize, logits: usize, messages: usize, step: usize): void {
  let negatedEntropy: f64 = 0;
  let unary: f64 = 0;
  let pairwise: f64 = 0;
  for (let at: usize = 0; at < step; at += 4) {
    const share = load<f32>(q + at);
    // lanes without a label have logits that a sum would not survive
    if (share < 1e-20) continue;
    negatedEntropy += <f64>share * <f64>log2(share);
    unary -= <f64>share * <f64>load<f32>(logits + at);
    pairwise -= <f64>share * <f64>load<f32>(messages + at);
  }
  sums.negatedEntropy += negatedEntropy * LN_2;
  sums.unary += unary * LN_2;
  sums.pairwise += pairwise * LN_2;
}

/** Adds the pixels from `from` to `to`: marginals of `pass.previous`, which the lattices that `pass` slices came from. */
export function measure(pass: Pass, sums: Measures, from: i32, to: i32): void {
  for (; from < to; from++) {
    const at = <usize>from * pass.step;
    memory.fill(pass.scratch, 0, pass.step);
    addMessages(pass, from, pass.scratch, pass.scratch, pass.scratch + pass.step);
    addPixel(sums, pass.previous + at, pass.logits + at, pass.scratch, pass.step);
  }
}
