/** Zeros. */
export function clear(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}
