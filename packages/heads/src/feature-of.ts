import { ShapeError, type Feature, type Features } from '@atrous/core';

/**
 * The feature of a level that a head wants.
 *
 * @throws ShapeError that lists the backbone's levels.
 */
export function featureOf(features: Features, level: string, head: string): Feature {
  const found = Object.hasOwn(features, level) ? features[level] : undefined;
  if (found === undefined)
    throw new ShapeError(`${head} needs the feature "${level}", the backbone has ${Object.keys(features).join(', ')}`, {
      hint: 'name another level or choose another backbone',
    });
  return found;
}
