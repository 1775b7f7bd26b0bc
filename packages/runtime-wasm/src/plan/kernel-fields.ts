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
    ...(['columnStep', 'kernelWidth', 'outHeight', 'outWidth', 'stride', 'before', 'rows', 'runs', 'runsEnd'] as const),
  ],
  pool: ['x', 'y', 'isMean', 'imageBytes', 'rowBytes', 'pitch', 'outHeight', 'outWidth', 'rows', 'columns'],
  binMeans: ['x', 'y', 'images', 'imageBytes', 'rowBytes', 'pitch', 'rows', 'rowsEnd', 'columns', 'columnsEnd'],
  resize: ['x', 'y', 'imageBytes', 'rowBytes', 'pitch', 'outHeight', 'outWidth', 'rows', 'columns'],
  elementwise: ['a', 'b', 'y', 'operation', 'activation'],
  activation: ['x', 'y', 'activation'],
  affine: ['x', 'y', 'scale', 'shift', 'pitch'],
  broadcast: [
    ...(['x', 'y', 'operand', 'operation', 'activation', 'pitch', 'height', 'width'] as const),
    ...(['operandImage', 'operandRow', 'operandColumn'] as const),
  ],
  argMax: ['x', 'y', 'pitch', 'channels'],
  softmax: ['x', 'y', 'pitch', 'channels', 'isLog'],
  copyChannels: ['x', 'y', 'pitch', 'outPitch', 'depth'],
  repeatChannels: ['x', 'y', 'pitch', 'outPitch', 'channels', 'times'],
  labelsToMap: ['x', 'y', 'pitch'],
  pad: ['x', 'y', 'pitch', 'height', 'width', 'outHeight', 'outWidth', 'top', 'left'],
  depthToSpace: ['x', 'y', 'pitch', 'outPitch', 'outWidth', 'channels', 'block', 'channelStep', 'pixelStep'],
  winograd: [
    ...(['x', 'y', 'weights', 'biases', 'residual', 'activation', 'depth', 'pitch', 'rowBytes', 'imageBytes'] as const),
    ...(['height', 'width', 'outPitch', 'outHeight', 'outWidth', 'filters', 'rateRow', 'rateColumn'] as const),
    ...(['top', 'left', 'tiles', 'tilesPerImage', 'rowKind', 'rowInputs', 'rowProducts', 'rowSums'] as const),
    ...(['columnKind', 'columnInputs', 'columnProducts', 'columnSums', 'block', 'group', 'zeros'] as const),
    ...(['scratch', 'scratchBytes'] as const),
  ],
  winogradFilters: [
    ...([
      'x',
      'y',
      'channels',
      'filters',
      'rowKind',
      'rowProducts',
      'columnKind',
      'columnProducts',
      'scratch',
    ] as const),
  ],
  interpolateTaps: [
    ...(['x', 'y', 'biases', 'residual', 'activation', 'imageBytes', 'rowBytes', 'pitch', 'width'] as const),
    ...(['tapBytes', 'kernelHeight', 'kernelWidth', 'outHeight', 'outWidth', 'outPitch'] as const),
    ...(['tapRows', 'tapColumns', 'rows', 'columns', 'scratch', 'scratchBytes', 'zeros'] as const),
  ],
  resizeArgMax: [
    ...(['x', 'ids', 'y', 'imageBytes', 'rowBytes', 'pitch', 'channels', 'height', 'width'] as const),
    ...(['outHeight', 'outWidth', 'rows', 'columns', 'cells', 'cellCount', 'scratch'] as const),
  ],
} as const;

/** Kernels of `assembly/`. */
export type KernelName = keyof typeof KERNEL_FIELDS;

/** Names of a kernel's fields. */
export type FieldOf<K extends KernelName> = (typeof KERNEL_FIELDS)[K][number];

/** The number by which the module knows a kernel. */
export const kernelNumber = (name: KernelName): number => Object.keys(KERNEL_FIELDS).indexOf(name);

/** The number of that which runs lists of other kernels. Its fields are as many as there are lists. */
export const LISTS = Object.keys(KERNEL_FIELDS).length;
