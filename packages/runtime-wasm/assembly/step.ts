/** One kernel's share of a plan. */
@unmanaged
export class Step {
  /** Which kernel, as `run-kernel` numbers them. */
  kernel: i32;
  /** What it works on: an instance of the kernel's own class. */
  op: usize;
  /** Rows, pixels or blocks of channels, and the first of them. Steps that threads share begin with the first of all. */
  items: i32;
  first: i32;
  /** Of which a thread takes so many at a time. */
  grain: i32;
  /** The first that nobody has taken; 0 before and after the step. */
  next: i32;
}
