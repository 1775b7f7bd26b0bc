import { parentPort, workerData } from 'node:worker_threads';
import { batchesOf, type BatchRecipe } from './batch-recipe.ts';
import { toMessage, type BatchReply, type BatchRequest } from './messages.ts';

// The script of a worker thread: it makes the batches that it is asked for, one after the other.

const batches = batchesOf(workerData as BatchRecipe);
batches.catch(() => undefined);

async function answer({ step }: BatchRequest): Promise<void> {
  try {
    const batch = await (await batches).batch(step);
    const reply: BatchReply = { batch };
    parentPort?.postMessage(reply, [batch.images.data.buffer as ArrayBuffer, batch.labels.data.buffer as ArrayBuffer]);
  } catch (error) {
    const reply: BatchReply = { error: toMessage(error) };
    parentPort?.postMessage(reply);
  }
}

parentPort?.on('message', (request: BatchRequest) => void answer(request));
