import { BackendError } from '@atrous/core';
import type { OnnxEngine } from './onnx-engine.ts';

/** Node wraps modules that are not ES modules; other loaders do not. */
type Loaded<E> = E | { readonly default: E };

/**
 * Imports an onnxruntime, which users install beside this package.
 *
 * @throws BackendError `PACKAGE_MISSING` when it is not there, or is not made for this machine.
 */
export async function loadEngine<E extends OnnxEngine>(name: string, load: () => Promise<Loaded<E>>): Promise<E> {
  try {
    const loaded = await load();
    return 'InferenceSession' in loaded ? loaded : loaded.default;
  } catch (cause) {
    throw new BackendError(`the package "${name}" could not be loaded`, {
      code: 'PACKAGE_MISSING',
      hint: `npm install ${name}@1.30.0, or use another runtime`,
      cause,
    });
  }
}
