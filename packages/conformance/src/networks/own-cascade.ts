import { resnet } from '@atrous/backbones/resnet';
import { cascade } from '@atrous/heads';
import { deeplabV3 } from '@atrous/models';
import { torchvision as nameMap } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';
import { isOwnModule, ownArguments, RESNET_DEPTHS, thirdBlockOf } from './own-module.ts';

/** ResNet-50 with blocks 5 to 7. The module's defaults: output stride 16, multi-grid 1, 2, 1, all blocks. */
export const ownCascade: NetworkCase = {
  matches: (description) => isOwnModule(description, 'Cascade'),
  build(description) {
    const { args, classes: numClasses } = ownArguments(description);
    const { grid, upto, late_projection: projects, os = description.output_stride } = args;
    const multiGrid = Array.isArray(grid) ? grid.map(Number) : [1, 2, 1];
    const graph = deeplabV3({
      backbone: resnet({ depth: RESNET_DEPTHS[thirdBlockOf(args, 6)], atrousFrom: 'sameLayer', multiGrid }),
      head: cascade({
        multiGrid,
        lastBlock: typeof upto === 'number' ? upto : 7,
        shortcut: projects === false ? 'identity' : 'projection',
      }),
      numClasses,
      outputStride: typeof os === 'number' ? os : 16,
    });
    return { graph, nameMap };
  },
};
