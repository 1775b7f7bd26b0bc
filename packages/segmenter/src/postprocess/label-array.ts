/** Class ids of pixels. */
export type LabelArray = Uint8Array | Uint16Array;
