import { defineHead } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link passThrough}. */
export interface PassThroughOptions {
  /** Level of the backbone's features to give. */
  readonly input: string;
}

/** No context module: a level of the backbone goes straight to the classifier (kazuto1011's v1 with ResNet). */
export const passThrough = defineHead({
  name: 'pass-through',
  description: 'No context module: a level of the backbone as it is',
  defaults: { input: 'c5' },
  build: (_builder, features, _image, { input }: PassThroughOptions) => featureOf(features, input, 'pass-through').node,
});
