// Winograd's minimal filtering along one axis: numbers of the map, filters and sums on their way to products and back. Every function does
// `count` lines of vectors; those of a line lie `step` apart, lines lie `next` apart.

/** Four sums of three taps each, by 6 products instead of 12: F(4). */
const FOUR: i32 = 0;
/** Three, by 5 instead of 9: F(3). */
const THREE: i32 = 1;
/** Two, by 4 instead of 6: F(2). */
const TWO: i32 = 2;
/** Two with zeros on both sides, by 3 instead of 4. */
const TWO_ALONE: i32 = 3;
// any other: one with zeros on both sides, for which only the middle tap counts

function inputs4(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  const two = f32x4.splat(2);
  for (let i = 0; i < count; i++) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    const d2 = v128.load(from + 2 * step);
    const d3 = v128.load(from + 3 * step);
    const d4 = v128.load(from + 4 * step);
    const d5 = v128.load(from + 5 * step);
    const a = f32x4.sub(d4, f32x4.mul(d2, four));
    const b = f32x4.sub(d3, f32x4.mul(d1, four));
    const c = f32x4.sub(d4, d2);
    const e = f32x4.mul(f32x4.sub(d3, d1), two);
    v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(d0, four), f32x4.mul(d2, five)), d4));
    v128.store(to + toStep, f32x4.add(a, b));
    v128.store(to + 2 * toStep, f32x4.sub(a, b));
    v128.store(to + 3 * toStep, f32x4.add(c, e));
    v128.store(to + 4 * toStep, f32x4.sub(c, e));
    v128.store(to + 5 * toStep, f32x4.add(f32x4.sub(f32x4.mul(d1, four), f32x4.mul(d3, five)), d5));
    from += next;
    to += toNext;
  }
}

function taps4(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  const sixth = f32x4.splat(1.0 / 6);
  for (let i = 0; i < count; i++) {
    const g0 = v128.load(from);
    const g1 = v128.load(from + step);
    const g2 = v128.load(from + 2 * step);
    const outer = f32x4.mul(f32x4.add(g0, g2), sixth);
    const inner = f32x4.mul(g1, sixth);
    const sum = f32x4.add(f32x4.mul(g0, f32x4.splat(1.0 / 24)), f32x4.mul(g2, sixth));
    const half = f32x4.mul(g1, f32x4.splat(1.0 / 12));
    v128.store(to, f32x4.mul(g0, f32x4.splat(0.25)));
    v128.store(to + toStep, f32x4.neg(f32x4.add(outer, inner)));
    v128.store(to + 2 * toStep, f32x4.sub(inner, outer));
    v128.store(to + 3 * toStep, f32x4.add(sum, half));
    v128.store(to + 4 * toStep, f32x4.sub(sum, half));
    v128.store(to + 5 * toStep, g2);
    from += next;
    to += toNext;
  }
}

function sums4(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const m1 = v128.load(from + step);
    const m2 = v128.load(from + 2 * step);
    const m3 = v128.load(from + 3 * step);
    const m4 = v128.load(from + 4 * step);
    const a = f32x4.add(m1, m2);
    const b = f32x4.sub(m1, m2);
    const c = f32x4.add(m3, m4);
    const e = f32x4.sub(m3, m4);
    const last = v128.load(from + 5 * step);
    v128.store(to, f32x4.add(v128.load(from), f32x4.add(a, c)));
    v128.store(to + toStep, f32x4.add(b, f32x4.mul(e, f32x4.splat(2))));
    v128.store(to + 2 * toStep, f32x4.add(a, f32x4.mul(c, f32x4.splat(4))));
    v128.store(to + 3 * toStep, f32x4.add(f32x4.add(b, f32x4.mul(e, f32x4.splat(8))), last));
    from += next;
    to += toNext;
  }
}

function inputs3(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  const two = f32x4.splat(2);
  const three = f32x4.splat(3);
  for (let i = 0; i < count; i++) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    const d2 = v128.load(from + 2 * step);
    const d3 = v128.load(from + 3 * step);
    const d4 = v128.load(from + 4 * step);
    const a = f32x4.sub(d3, d1);
    const b = f32x4.mul(d1, two);
    v128.store(to, f32x4.add(f32x4.mul(f32x4.sub(d0, d2), two), a));
    v128.store(to + toStep, f32x4.sub(f32x4.sub(d3, d2), b));
    v128.store(to + 2 * toStep, f32x4.add(f32x4.sub(d3, f32x4.mul(d2, three)), b));
    v128.store(to + 3 * toStep, a);
    v128.store(to + 4 * toStep, f32x4.sub(f32x4.sub(d4, d2), f32x4.mul(a, two)));
    from += next;
    to += toNext;
  }
}

function taps3(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  const half = f32x4.splat(0.5);
  const third = f32x4.splat(1.0 / 3);
  const sixth = f32x4.splat(1.0 / 6);
  for (let i = 0; i < count; i++) {
    const g0 = v128.load(from);
    const g1 = v128.load(from + step);
    const g2 = v128.load(from + 2 * step);
    const outer = f32x4.add(g0, g2);
    v128.store(to, f32x4.mul(g0, half));
    v128.store(to + toStep, f32x4.neg(f32x4.mul(f32x4.add(outer, g1), half)));
    v128.store(to + 2 * toStep, f32x4.mul(f32x4.sub(g1, outer), sixth));
    const rest = f32x4.mul(f32x4.add(g1, f32x4.add(g2, g2)), third);
    v128.store(to + 3 * toStep, f32x4.add(f32x4.mul(g0, sixth), rest));
    v128.store(to + 4 * toStep, g2);
    from += next;
    to += toNext;
  }
}

function sums3(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const m1 = v128.load(from + step);
    const m2 = v128.load(from + 2 * step);
    const m3 = v128.load(from + 3 * step);
    const sum = f32x4.add(m1, m2);
    const twice = f32x4.add(m3, m3);
    v128.store(to, f32x4.add(f32x4.add(v128.load(from), sum), m3));
    v128.store(to + toStep, f32x4.add(f32x4.sub(m1, m2), twice));
    v128.store(to + 2 * toStep, f32x4.add(f32x4.add(sum, f32x4.add(twice, twice)), v128.load(from + 4 * step)));
    from += next;
    to += toNext;
  }
}

function inputs2(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    const d2 = v128.load(from + 2 * step);
    const d3 = v128.load(from + 3 * step);
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + toStep, f32x4.add(d1, d2));
    v128.store(to + 2 * toStep, f32x4.sub(d2, d1));
    v128.store(to + 3 * toStep, f32x4.sub(d1, d3));
    from += next;
    to += toNext;
  }
}

function taps2(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  const half = f32x4.splat(0.5);
  for (let i = 0; i < count; i++) {
    const g0 = v128.load(from);
    const g2 = v128.load(from + 2 * step);
    const outer = f32x4.mul(f32x4.add(g0, g2), half);
    const inner = f32x4.mul(v128.load(from + step), half);
    v128.store(to, g0);
    v128.store(to + toStep, f32x4.add(outer, inner));
    v128.store(to + 2 * toStep, f32x4.sub(outer, inner));
    v128.store(to + 3 * toStep, g2);
    from += next;
    to += toNext;
  }
}

function sums2(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const m1 = v128.load(from + step);
    const m2 = v128.load(from + 2 * step);
    v128.store(to, f32x4.add(v128.load(from), f32x4.add(m1, m2)));
    v128.store(to + toStep, f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 3 * step)));
    from += next;
    to += toNext;
  }
}

function inputsAlone(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    v128.store(to, f32x4.add(d0, d1));
    v128.store(to + toStep, d0);
    v128.store(to + 2 * toStep, d1);
    from += next;
    to += toNext;
  }
}

function tapsAlone(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const g1 = v128.load(from + step);
    v128.store(to, g1);
    v128.store(to + toStep, f32x4.sub(v128.load(from), g1));
    v128.store(to + 2 * toStep, f32x4.sub(v128.load(from + 2 * step), g1));
    from += next;
    to += toNext;
  }
}

function sumsAlone(from: usize, step: usize, next: usize, to: usize, toStep: usize, toNext: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const m0 = v128.load(from);
    v128.store(to, f32x4.add(m0, v128.load(from + 2 * step)));
    v128.store(to + toStep, f32x4.add(m0, v128.load(from + step)));
    from += next;
    to += toNext;
  }
}

function copy(from: usize, step: usize, to: usize, toStep: usize, count: i32): void {
  for (let i = 0; i < count; i++) v128.store(to + <usize>i * toStep, v128.load(from + <usize>i * step));
}

/** Numbers of the map: Bᵀ. */
export function toFactors(
  kind: i32,
  from: usize,
  step: usize,
  next: usize,
  to: usize,
  toStep: usize,
  toNext: usize,
  count: i32,
): void {
  if (kind == FOUR) inputs4(from, step, next, to, toStep, toNext, count);
  else if (kind == THREE) inputs3(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO) inputs2(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO_ALONE) inputsAlone(from, step, next, to, toStep, toNext, count);
  else copy(from, next, to, toNext, count);
}

/** Three taps of a filter: G. */
export function toTapFactors(
  kind: i32,
  from: usize,
  step: usize,
  next: usize,
  to: usize,
  toStep: usize,
  toNext: usize,
  count: i32,
): void {
  if (kind == FOUR) taps4(from, step, next, to, toStep, toNext, count);
  else if (kind == THREE) taps3(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO) taps2(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO_ALONE) tapsAlone(from, step, next, to, toStep, toNext, count);
  else copy(from + step, next, to, toNext, count);
}

/** Products, to sums: Aᵀ. */
export function toSums(
  kind: i32,
  from: usize,
  step: usize,
  next: usize,
  to: usize,
  toStep: usize,
  toNext: usize,
  count: i32,
): void {
  if (kind == FOUR) sums4(from, step, next, to, toStep, toNext, count);
  else if (kind == THREE) sums3(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO) sums2(from, step, next, to, toStep, toNext, count);
  else if (kind == TWO_ALONE) sumsAlone(from, step, next, to, toStep, toNext, count);
  else copy(from, next, to, toNext, count);
}
