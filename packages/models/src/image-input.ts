import { checkCount } from '@atrous/atrous-ops';
import type { GraphBuilder, Node } from '@atrous/core';

/** What a network is told of its image. */
export interface ImageInputOptions {
  /** Channels of the image: 4 for colour and depth, more for multispectral images. Default 3, red, green and blue. */
  readonly inputChannels?: number;
}

/**
 * The image that a network reads, whatever its height and width.
 *
 * @throws ShapeError (`OPTION`) when the channels are no whole number of at least 1.
 */
export function imageInput(builder: GraphBuilder, { inputChannels = 3 }: ImageInputOptions): Node {
  checkCount('inputChannels', inputChannels);
  return builder.input({ shape: [null, null, null, inputChannels] });
}
