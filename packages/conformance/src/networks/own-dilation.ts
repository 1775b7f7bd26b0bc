import { vgg16 } from '@atrous/backbones/vgg16';
import { createGraphBuilder, type Backbone, type Graph } from '@atrous/core';
import { contextModule, identityContextWeights, largeFov, type ContextModuleOptions } from '@atrous/heads';
import { dilatedFrontEnd } from '@atrous/models';
import { caffeVgg as nameMap } from '@atrous/weights';
import type { NetworkCase, NetworkDescription } from './network-case.ts';
import { isOwnModule, ownArguments } from './own-module.ts';

/** A context module alone, upon maps that are the network's input. */
function contextGraph(description: NetworkDescription, options: Partial<ContextModuleOptions>): Graph {
  const { args, classes } = ownArguments(description);
  const builder = createGraphBuilder();
  const maps = builder.input({ name: 'maps', shape: [null, null, null, classes] });
  const module = contextModule({ width: args.large === true ? 'large' : 'basic', ...options });
  return builder.build({ logits: module.build(builder.scope('context'), { scores: builder.feature(maps) }, maps) });
}

const isIdentity = ({ source }: NetworkDescription): boolean =>
  typeof source === 'string' && source.includes('identity initialisation');

/** The context module with a border at each layer; with generated weights, or those that its training starts from. */
const ownContext: NetworkCase = {
  matches: (description) => isOwnModule(description, 'Context'),
  build(description) {
    const graph = contextGraph(description, {});
    return { graph, nameMap, ...(isIdentity(description) && { weights: identityContextWeights(graph) }) };
  },
};

/** The large context module with one border before the first layer. */
const ownContextPaddedOnce: NetworkCase = {
  matches: (description) => isOwnModule(description, 'ContextPad33'),
  build: (description) => ({ graph: contextGraph(description, { width: 'large', padding: 'once' }), nameMap }),
};

/** Adds a border of zeros to the image first. */
const withBorder = (backbone: Backbone, border: number): Backbone => ({
  ...backbone,
  build(builder, image) {
    const pads = { top: border, bottom: border, left: border, right: border };
    return backbone.build(builder, builder.pad(image, { name: 'border', pads }));
  },
});

/** The front end, with fc6 and fc7 of any width. */
const ownFrontEnd: NetworkCase = {
  matches: (description) => isOwnModule(description, 'DilationFrontend'),
  build(description) {
    const { args, classes: numClasses, outputStride } = ownArguments(description);
    const { fc, pad } = args;
    const backbone = vgg16({ pools: 'firstThree', padding: 'valid' });
    const graph = dilatedFrontEnd({
      backbone: typeof pad === 'number' && pad > 0 ? withBorder(backbone, pad) : backbone,
      ...(typeof fc === 'number' && {
        head: largeFov({ kernel: 7, atrousRate: 4, channels: fc, averagePool: false, padding: 'valid' }),
      }),
      numClasses,
      outputStride,
    });
    return { graph, nameMap };
  },
};

/** Yu and Koltun's modules. */
export const ownDilation: readonly NetworkCase[] = [ownContext, ownContextPaddedOnce, ownFrontEnd];
