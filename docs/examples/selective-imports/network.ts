import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { parametersOf } from '@atrous/core';
import { deeplabV3 } from '@atrous/models';

const graph = deeplabV3({ backbone: mobilenetV2() });
document.body.textContent = `${parametersOf(graph).size} tensors`;
