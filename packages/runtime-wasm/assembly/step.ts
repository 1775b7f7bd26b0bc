/** One kernel's share of a plan. */
@unmanaged
export class Step {
  /** Which kernel, as `run-kernel` numbers them. */
  kernel: i32;
  /** What it works on: an instance of the kernel's own class. */
  op: usize;
  /** Rows, pixels or blocks of channels that threads share. */
  items: i32;
  /** Every thread but the last takes a multiple of it. */
  unit: i32;
}
