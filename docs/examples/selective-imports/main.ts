import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { deeplabV3 } from '@atrous/models';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { atrous, importWeights, readSafetensors } from '@atrous/weights';

const graph = deeplabV3({ backbone: mobilenetV2({ depthMultiplier: 0.5 }), outputStride: 8 });
const file = new Uint8Array(await (await fetch('weights.safetensors')).arrayBuffer());
const { weights } = importWeights(graph, readSafetensors(file), atrous);
using network = await wasm().compile(graph, weights);
const { logits } = await network.run({ shape: [1, 257, 257, 3], data: new Float32Array(257 * 257 * 3) });
document.body.textContent = `logits ${logits?.shape.join(' × ')}`;
