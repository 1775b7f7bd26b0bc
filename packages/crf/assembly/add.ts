/** Adds numbers to others, in whole vectors. */
export function add(to: usize, from: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; to += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
  }
}
