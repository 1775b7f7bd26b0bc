/**
 * Number of channels of a layer whose network is made narrower or wider.
 *
 * Rounded to the nearest multiple of `divisor`, at least one multiple, and never more than 10 % below the exact value.
 *
 * @param channels channels at width 1.
 * @param depthMultiplier the network's width; any positive number.
 * @param divisor 8 in ImageNet models; DeepLab's own narrow MobileNets use 1.
 * @see Sandler et al. 2018, "MobileNetV2", §6.1, arXiv:1801.04381
 */
export function scaleWidth(channels: number, depthMultiplier: number, divisor: number): number {
  const exact = channels * depthMultiplier;
  const rounded = Math.max(divisor, Math.floor((exact + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * exact ? rounded + divisor : rounded;
}
