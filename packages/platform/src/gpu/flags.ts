/** Flags of `GPUBufferUsage`, which Node has no global for. */
export const BUFFER_USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;

/** `GPUMapMode.READ`. */
export const MAP_READ = 1;
