import { div, equal, onesLike, where, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** Quotient by something that no gradient flows through; 0 becomes 1, so that the sum of nothing is 0 and not NaN. */
export const divideBySafe = <T extends Tensor = Scalar>(numerator: Tensor, denominator: Tensor): T =>
  div<T>(numerator, where(equal(denominator, 0), onesLike(denominator), denominator));
