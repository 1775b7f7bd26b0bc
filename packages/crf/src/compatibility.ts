/**
 * What one kernel's messages do: C in E = U + Σ C(KQ). Positive numbers smooth, whatever the form.
 *
 * - A number w, the weight of a Potts model: C(X) = −w·X. Rewards agreement, which is Potts' penalty up to a constant per pixel.
 * - A weight per label: C(X)_l = −w_l·X_l.
 * - A matrix `[labels, labels]`, row by row: C(X) = −½(M + Mᵀ)·X. A positive entry draws its labels together, a negative one pushes them
 *   apart; `w` times the identity is the Potts model of weight `w`.
 */
export type Compatibility = number | { readonly perLabel: Float32Array } | { readonly matrix: Float32Array };
