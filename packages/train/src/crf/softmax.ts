/** Softmax of each pixel's logits, `[pixels, labels]`. */
export function softmax(logits: Float32Array, labels: number): Float32Array {
  const marginals = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += labels) {
    const end = start + labels;
    let most = -Infinity;
    for (let i = start; i < end; i++) most = Math.max(most, logits[i]!);
    let sum = 0;
    for (let i = start; i < end; i++) sum += marginals[i] = Math.exp(logits[i]! - most);
    for (let i = start; i < end; i++) marginals[i]! /= sum;
  }
  return marginals;
}

/** The gradient by the logits, from the one by the marginals: q · (g − Σ q·g). */
export function softmaxGradient(marginals: Float32Array, gradient: Float32Array, labels: number): Float32Array {
  const back = new Float32Array(gradient.length);
  for (let start = 0; start < gradient.length; start += labels) {
    const end = start + labels;
    let mean = 0;
    for (let i = start; i < end; i++) mean += marginals[i]! * gradient[i]!;
    for (let i = start; i < end; i++) back[i] = marginals[i]! * (gradient[i]! - mean);
  }
  return back;
}
