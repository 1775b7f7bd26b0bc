/** What one pass over pixels reads and writes. Lanes of a pixel lie in `blocks` of `vectors` times 4 each, `step` bytes in all. */
@unmanaged
export class Pass {
  vectors: i32;
  blocks: i32;
  step: usize;
  /** `[pixels]`, binary. */
  logits: usize;
  /** The lattices that are sliced, or 0: `[blocks]`, `blockBytes` each, one kernel's vertices behind another's. */
  sliced: usize;
  blockBytes: usize;
  /** Corners whose weights have their kernel's weight in them. */
  potts: usize;
  pottsCorners: usize;
  /** Kernels that have a weight for each label, or pair of labels. */
  terms: usize;
  termCount: i32;
  /** The lattices that are splatted to, or 0. */
  splatted: usize;
  splat: usize;
  splatCorners: usize;
  /** Marginals of the step before `[pixels]` in lanes, which are replaced, or 0. */
  previous: usize;
  /** Energies `[pixels, labels]`, which marginals replace, or 0. */
  marginals: usize;
  labels: i32;
  /** As of `loadLiveLogits`, where labels were dropped; else 0. */
  order: usize;
  /** Whether the last lane sends a 1 where labels were dropped, instead of nothing: what it then receives is how far messages reach. */
  sends: i32;
  receives: i32;
  /** Room for a tile of pixels' lanes, twice. */
  scratch: usize;
  /** Most that the last lane received, in natural units times log₂ e. */
  reach: f32;
  /** Greatest change of a marginal. */
  change: f32;
}

/** One kernel that has a weight for each label or pair of labels. */
@unmanaged
export class Term {
  list: usize;
  corners: usize;
  /** A weight for each lane, or 0. */
  perLane: usize;
  /** `[lanes, lanes]`: what a lane's neighbours send it, row by row of senders; or 0. */
  matrix: usize;
}
