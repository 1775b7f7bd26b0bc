import { BUFFER_USAGE, MAP_READ, type WatchedDevice } from '@atrous/platform/gpu';
import type { LiveLabels } from './live-segmenter.ts';
import type { Stage } from './stage.ts';

/** The part of every row of the network's input that the picture is in. */
function cutOut(ids: Uint8Array | Uint32Array, { plan }: Stage): LiveLabels {
  const [height, width] = plan.image;
  const labels = ids instanceof Uint8Array ? new Uint8Array(height * width) : new Uint16Array(height * width);
  for (let y = 0; y < height; y++) {
    const from = y * plan.input[1];
    labels.set(ids.subarray(from, from + width), y * width);
  }
  return { width, height, labels };
}

/** Reads back the labels of the last frame. */
export async function readLabels({ device, attempt, settle }: WatchedDevice, stage: Stage): Promise<LiveLabels> {
  const { buffer, type } = stage.network.outputs['labels']!;
  const staging = await attempt(() =>
    device.createBuffer({ size: buffer.size, usage: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTarget }),
  );
  try {
    await attempt(() => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
      device.queue.submit([encoder.finish()]);
    });
    await settle(staging.mapAsync(MAP_READ));
    const bytes = staging.getMappedRange();
    const isPacked = type !== 'float32' && type.idsPerWord === 4;
    return cutOut(isPacked ? new Uint8Array(bytes) : new Uint32Array(bytes), stage);
  } finally {
    staging.destroy();
  }
}
