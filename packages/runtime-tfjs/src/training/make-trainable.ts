import type { TfjsBackend } from '../tfjs-backend.ts';
import { composeTrainingKernels } from './composed/compose-training-kernels.ts';
import type { TrainingKernels } from './training-kernels.ts';

export { createTrainableNetwork } from './create-trainable-network.ts';

/** The backend's own kernels, and compositions where it has none. */
export async function trainingKernelsOf(backend: TfjsBackend): Promise<TrainingKernels> {
  const composed = composeTrainingKernels(backend.quirks);
  return (await backend.trainingKernels?.(composed)) ?? composed;
}
