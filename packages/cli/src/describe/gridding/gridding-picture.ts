import { fieldOfUnit } from '@atrous/atrous-ops';
import { analyze, type Graph, type OpDefinition } from '@atrous/core';
import { UsageError } from '../../errors.ts';
import type { NetworkDescription } from '../describe-graph.ts';
import { lastSmallLayer, mapBeforeRates } from './choose-layers.ts';
import { renderGridding, type GriddingPanel } from './render-gridding.ts';

/** Options of {@link griddingPicture}. */
export interface GriddingOptions {
  /** Of the network, for the heading. */
  readonly name: string;
  readonly ops: readonly OpDefinition[];
  /** The layer whose middle unit is followed back. Default: the last one before the map is enlarged. */
  readonly layer?: string | undefined;
}

/**
 * Draws which image pixels, and which units of the map before the first atrous layer, the middle unit of a layer sees.
 *
 * @returns SVG text.
 * @throws UsageError when the network has no such layer.
 */
export function griddingPicture(graph: Graph, description: NetworkDescription, options: GriddingOptions): string {
  const { inputShape, outputStride, warnings } = description;
  const { name, ops } = options;
  const layers = new Map(analyze(graph, inputShape, { ops }).nodes.map((layer) => [layer.node.name, layer]));
  const layer = options.layer ?? lastSmallLayer(graph, layers, outputStride);
  if (!layers.has(layer))
    throw new UsageError(`${name} has no layer "${layer}"`, 'describe without --no-layers lists them');
  const image = fieldOfUnit(graph, { inputShape, layer, ops });
  const before = mapBeforeRates(graph, layer);
  const panels: GriddingPanel[] = [{ title: 'the image', field: image, positions: 'pixels' }];
  if (before !== undefined && before !== layer)
    panels.push({
      title: `before the rates: ${before}`,
      field: fieldOfUnit(graph, { inputShape, layer, seen: before, ops }),
      positions: 'units',
    });
  return renderGridding({
    title: `What one unit of ${layer} sees`,
    subtitle: `${name}, image ${inputShape[1]} × ${inputShape[2]}, output stride ${outputStride}, unit at row ${image.at[0]}, column ${image.at[1]}; image-level pooling left out`,
    panels,
    notes: warnings.map(({ message }) => message),
  });
}
