import { BackendError } from '@atrous/core';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import { download, upload } from '../host-tensors.ts';
import type { DeviceTensor, Kernel, KernelKind, Tensor4D } from '../kernel.ts';
import { kernels } from '../kernels.ts';
import type { TfjsBackend } from '../tfjs-backend.ts';
import { imageOf, type Check } from './check.ts';
import { checks } from './checks.ts';

/** Half floats on old GPUs stay within this; a device that computes something else does not. */
const TOLERANCE = 0.02;

async function compute({ kind, attrs, inputs, params = {}, shape }: Check, { quirks }: TfjsBackend) {
  const images = inputs.map((input) => upload(input) as Tensor4D);
  const onDevice: Record<string, DeviceTensor> = {};
  let result: Tensor4D | undefined;
  try {
    for (const [role, param] of Object.entries(params)) onDevice[role] = upload(param);
    const kernel = kernels[kind] as Kernel<KernelKind>;
    result = tidy(() => kernel({ attrs, inputs: images, params: onDevice, shape, quirks }));
    return (await download(result)).data;
  } finally {
    dispose([...images, ...Object.values(onDevice), ...(result ? [result] : [])]);
  }
}

/**
 * Computes every op family on tiny inputs and compares with plain JavaScript.
 *
 * @throws BackendError `SELF_TEST` that names the first family the device gets wrong.
 */
export async function selfTest(backend: TfjsBackend): Promise<void> {
  for (const tested of checks) {
    const [, height, width, channels] = tested.shape;
    const expected = imageOf([height, width, channels], tested.expected).data;
    const actual = await compute(tested, backend);
    const wrong = expected.findIndex(
      (value, i) => !(Math.abs(value - actual[i]!) <= TOLERANCE * Math.max(1, Math.abs(value))),
    );
    if (wrong >= 0)
      throw new BackendError(
        `"${backend.name}" computes wrongly here: ${tested.family} gives ${actual[wrong]} instead of ${expected[wrong]}`,
        { code: 'SELF_TEST', hint: 'use another runtime, or update the browser or graphics driver' },
      );
  }
}
