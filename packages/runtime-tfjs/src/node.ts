import { BackendError } from '@atrous/core';
import { createTfjsRuntime, type TfjsRuntime } from './create-tfjs-runtime.ts';

/** Options of {@link tensorflow}. */
export interface TensorFlowOptions {
  /** Use `@tensorflow/tfjs-node-gpu` (CUDA) instead of `@tensorflow/tfjs-node`. Default false. */
  readonly gpu?: boolean | undefined;
}

/** The part of tfjs-node that is used. Importing it registers its backend. */
interface TfjsNode {
  readonly version?: Readonly<Record<string, string>>;
}

async function load(name: string): Promise<TfjsNode> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as TfjsNode;
  } catch (cause) {
    throw new BackendError(`the package "${name}" could not be loaded`, {
      code: 'PACKAGE_MISSING',
      hint: `npm install ${name} (it downloads TensorFlow's native library), or use the wasm runtime`,
      cause,
    });
  }
}

/**
 * Runs graphs on TensorFlow's native library, in Node. Needs `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu` to be installed.
 *
 * The native library drops the rate of depthwise convolutions without a word and pads only by its own rules; both are composed of other ops.
 */
export function tensorflow({ gpu = false }: TensorFlowOptions = {}): TfjsRuntime {
  const packageName = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  let version: string | undefined;
  return createTfjsRuntime({
    name: 'tensorflow',
    description: "TensorFlow's native library in Node",
    tfjsName: 'tensorflow',
    quirks: { noExplicitPadding: true, noDepthwiseRate: true },
    async load() {
      version = (await load(packageName)).version?.['tfjs-node'];
    },
    describe: () => `${packageName}${version === undefined ? '' : ` ${version}`}`,
  });
}
