import type { TrainingKernels } from './training/training-kernels.ts';

/** What a tfjs backend cannot do the usual way. Kernels compose other ops there. */
export interface BackendQuirks {
  /** Convolutions and pools take only TensorFlow's `same` and `valid`: everything else is padded beforehand. */
  readonly noExplicitPadding?: boolean;
  /** Depthwise convolutions ignore their rate and want equal strides: the others are summed up tap by tap. */
  readonly noDepthwiseRate?: boolean;
  /** `resizeBilinear` with half pixel centres extrapolates before the first pixel instead of repeating it. */
  readonly noHalfPixel?: boolean;
  /** Convolutions by filters as large as the image take many times as long as their products: gradients of filters are summed up tap by tap. */
  readonly slowLargeFilters?: boolean;
}

/** A tfjs backend as {@link createTfjsRuntime} needs it. */
export interface TfjsBackend {
  /** Name of the runtime. */
  readonly name: string;
  readonly description: string;
  /** Name under which tfjs knows the backend and its kernels. */
  readonly tfjsName: string;
  readonly quirks: BackendQuirks;
  /** Bytes of tensors that the backend can hold. Runs stop before they pass it. Without it, the backend is trusted to say so itself. */
  readonly memoryLimit?: number;
  /**
   * Imports the backend's package and registers it with tfjs. Called before the backend is first chosen, and again after its device was lost.
   *
   * @throws BackendError with a hint when it cannot work here.
   */
  readonly load: () => Promise<void>;
  /**
   * Kernels of its own for training, in place of some of the composed ones. Asked for once the backend is current.
   *
   * @param composed what it gets otherwise, and may fall back on.
   */
  readonly trainingKernels?: (composed: TrainingKernels) => TrainingKernels | Promise<TrainingKernels>;
  /** Adapter, instruction set or version in use, once the backend is chosen. */
  readonly describe: () => string;
  /** Why the device is lost, if it is. Asked before and after every run. */
  readonly lost?: () => string | undefined;
  /** The last error the device reported outside of any call, once. Asked after every run. */
  readonly takeError?: () => Error | undefined;
}
