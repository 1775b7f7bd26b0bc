/** Adds a number to the one in memory, which no thread interrupts. */
export function add(at: usize, value: i32): void {
  atomic.add<i32>(at, value);
}

/** Never returns. */
export function spin(): void {
  while (true) {}
}

/** Traps. */
export function fail(): void {
  unreachable();
}
