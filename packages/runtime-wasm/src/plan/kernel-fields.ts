const WINDOW = ['rowStep', 'columnStep', 'depth', 'width'] as const;

/** Every kernel, in the order of `assembly/run-kernel.ts`, with the fields of its class there. All take 4 bytes. */
export const KERNEL_FIELDS = {
  pointwise: [
    ...WINDOW,
    ...(['x', 'y', 'weights', 'biases', 'residual', 'activation', 'pitch', 'outPitch', 'filters', 'block'] as const),
  ],
  conv: [
    ...WINDOW,
    ...(['height', 'x', 'y', 'weights', 'biases', 'residual', 'activation', 'imageBytes', 'rowBytes'] as const),
    ...(['pitch', 'stride', 'before', 'outHeight', 'outWidth', 'outPitch', 'filters'] as const),
    ...(['rows', 'runs', 'runsEnd', 'block'] as const),
  ],
  depthwise: [
    ...(['x', 'y', 'weights', 'biases', 'activation', 'imageBytes', 'rowBytes', 'pitch', 'rowStep'] as const),
    ...(['columnStep', 'kernelWidth', 'outHeight', 'outWidth', 'rows', 'columns'] as const),
  ],
  pool: ['x', 'y', 'isMean', 'imageBytes', 'rowBytes', 'pitch', 'outHeight', 'outWidth', 'rows', 'columns'],
  binMeans: ['x', 'y', 'images', 'imageBytes', 'rowBytes', 'pitch', 'rows', 'rowsEnd', 'columns', 'columnsEnd'],
  resize: ['x', 'y', 'imageBytes', 'rowBytes', 'pitch', 'outHeight', 'outWidth', 'rows', 'columns'],
  elementwise: ['a', 'b', 'y', 'operation', 'activation'],
  activation: ['x', 'y', 'activation'],
  affine: ['x', 'y', 'scale', 'shift', 'pitch'],
  broadcast: ['x', 'y', 'factor', 'pitch', 'height', 'width', 'factorImage', 'factorRow', 'factorColumn'],
  argMax: ['x', 'y', 'pitch', 'channels'],
  softmax: ['x', 'y', 'pitch', 'channels', 'isLog'],
  copyChannels: ['x', 'y', 'pitch', 'outPitch', 'depth', 'zeros'],
  repeatChannels: ['x', 'y', 'pitch', 'outPitch', 'channels', 'times'],
  labelsToMap: ['x', 'y', 'pitch'],
  pad: ['x', 'y', 'pitch', 'height', 'width', 'outHeight', 'outWidth', 'top', 'left'],
  depthToSpace: ['x', 'y', 'pitch', 'outPitch', 'outWidth', 'channels', 'block', 'channelStep', 'pixelStep'],
} as const;

/** Kernels of `assembly/`. */
export type KernelName = keyof typeof KERNEL_FIELDS;

/** Names of a kernel's fields. */
export type FieldOf<K extends KernelName> = (typeof KERNEL_FIELDS)[K][number];

/** The number by which the module knows a kernel. */
export const kernelNumber = (name: KernelName): number => Object.keys(KERNEL_FIELDS).indexOf(name);
