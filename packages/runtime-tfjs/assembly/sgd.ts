/** `v ← momentum · v + gradient + decay · p`, `p ← p − rate · v`, into new arrays. */
export function sgd(
  value: usize,
  gradient: usize,
  velocity: usize,
  nextValue: usize,
  nextVelocity: usize,
  size: i32,
  rate: f32,
  momentum: f32,
  decay: f32,
): void {
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  const decays = f32x4.splat(decay);
  const end = value + ((<usize>size) << 2);
  for (; value + 16 <= end; value += 16) {
    const old = v128.load(value);
    const slope = f32x4.add(v128.load(gradient), f32x4.mul(old, decays));
    const next = f32x4.add(f32x4.mul(v128.load(velocity), momenta), slope);
    v128.store(nextVelocity, next);
    v128.store(nextValue, f32x4.sub(old, f32x4.mul(next, rates)));
    gradient += 16;
    velocity += 16;
    nextValue += 16;
    nextVelocity += 16;
  }
  for (; value < end; value += 4) {
    const old = load<f32>(value);
    const next = load<f32>(velocity) * momentum + (load<f32>(gradient) + old * decay);
    store<f32>(nextVelocity, next);
    store<f32>(nextValue, old - next * rate);
    gradient += 4;
    velocity += 4;
    nextValue += 4;
    nextVelocity += 4;
  }
}
