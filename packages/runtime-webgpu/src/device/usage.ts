/** Flags of `GPUBufferUsage`, which Node has no global for. */
export const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;

/** Of `GPUMapMode`. */
export const READ = 1;
